package dev.fovea.datasets.exchange.plain;

import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.exchange.model.ExchangeClass;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.model.ReadFault;
import dev.fovea.datasets.exchange.model.ReadOptions;
import dev.fovea.datasets.exchange.reading.ByteOrderMark;
import dev.fovea.datasets.exchange.reading.ClassNumbers;
import dev.fovea.datasets.exchange.reading.FindingCounter;
import dev.fovea.datasets.exchange.reading.FormatFolder;
import dev.fovea.datasets.exchange.reading.FormatReader;
import dev.fovea.datasets.exchange.reading.ImageLookup;
import dev.fovea.datasets.exchange.reading.StatedFrame;
import dev.fovea.datasets.exchange.reading.StatedImage;
import dev.fovea.datasets.exchange.reading.StatedLabels;
import dev.fovea.datasets.exchange.reading.StatedObject;
import dev.fovea.datasets.exchange.reading.TextPlace;
import dev.fovea.datasets.formats.ImageIndex;
import dev.fovea.datasets.formats.YoloLabels;
import dev.fovea.datasets.formats.YoloReader;
import dev.fovea.datasets.formats.YoloReader.YoloItem;
import dev.fovea.fault.Printable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * YOLO label files. An image without a label file is unlabelled; one with an empty file shows nothing. Lines of nine
 * fields are oriented boxes where {@code data.yaml} says {@code task: obb}, or where the first files have no others and
 * their corners are at right angles.
 */
public final class YoloFormatReader implements FormatReader {

    private static final int TRIED = 20;

    private final YoloReader reader;
    private final ImageIndex index;
    private final List<String> names;
    private final int classShift;
    private final ExchangeFormat format;
    private final ClassNumbers numbers;
    private final ReadFault others;

    private YoloFormatReader(YoloReader reader, FormatFolder folder, ReadOptions options) {
        this.reader = reader;
        this.index = folder.index();
        this.names = reader.declaration().names();
        this.classShift = options.classShift();
        this.format = options.format().orElseGet(this::variant);
        this.others = options.task().isPresent() || options.format().isPresent()
                ? ReadFault.LABELS_NOT_CHOSEN
                : ReadFault.OTHER_LABELS;
        this.numbers =
                new ClassNumbers(LongStream.range(0, names.size()).boxed().collect(Collectors.toSet()));
    }

    /** Recognises a folder by its text files. */
    public static Optional<FormatReader> of(FormatFolder folder, ReadOptions options) {
        boolean isOther = options.format().isPresent()
                && switch (options.format().get()) {
                    case YOLO, YOLO_SEGMENT, YOLO_OBB -> false;
                    case FOLDERS, TABLE, COCO, PASCAL_VOC, CVAT, LABEL_STUDIO, DATUMARO, MASKS_PNG, OPEN_IMAGES -> true;
                };
        return isOther
                ? Optional.empty()
                : YoloReader.of(folder.index(), wantsOutlines(options))
                        .map(found -> new YoloFormatReader(found, folder, options));
    }

    private static boolean wantsOutlines(ReadOptions options) {
        return options.format()
                .map(format -> format == ExchangeFormat.YOLO_SEGMENT)
                .orElse(options.task().stream().anyMatch(ImageTask::hasOutlines));
    }

    private ExchangeFormat variant() {
        switch (reader.declaration().task()) {
            case "obb" -> {
                return ExchangeFormat.YOLO_OBB;
            }
            case "segment" -> {
                return ExchangeFormat.YOLO_SEGMENT;
            }
            default -> {
                // other tools do not state it: the lines tell
            }
        }
        List<String[]> lines = reader.items(missing -> {}).stream()
                .flatMap(item -> item.labels().stream())
                .limit(TRIED)
                .flatMap(file -> YoloLabels.lines(file).stream())
                .filter(line -> !line.isBlank())
                .map(line -> line.strip().split("\\s+"))
                .toList();
        if (!lines.isEmpty() && lines.stream().allMatch(YoloLine::isRectangle)) {
            return ExchangeFormat.YOLO_OBB;
        }
        boolean isSegment = !reader.declaration().pose() && lines.stream().anyMatch(line -> line.length >= 7);
        return isSegment ? ExchangeFormat.YOLO_SEGMENT : ExchangeFormat.YOLO;
    }

    @Override
    public ExchangeFormat format() {
        return format;
    }

    @Override
    public List<ExchangeClass> classes() {
        return names.stream().map(ExchangeClass::new).toList();
    }

    @Override
    public Optional<ClassNumbers> classNumbers() {
        return Optional.of(numbers);
    }

    @Override
    public Stream<StatedImage> images(FindingCounter findings) {
        reader.passedOver().forEach(passed -> findings.add(others, new TextPlace(passed, 0), ""));
        ImageLookup lookup = new ImageLookup(index, findings);
        List<YoloItem> items = reader.items(
                file -> findings.add(ReadFault.IMAGE_MISSING, new TextPlace(file, 0), ImageIndex.stem(file)));
        if (names.isEmpty()) {
            items.stream()
                    .flatMap(item -> item.labels().stream())
                    .findFirst()
                    .ifPresent(file -> findings.add(ReadFault.NAMES_MISSING, new TextPlace(file, 0), ""));
        }
        return items.stream().map(item -> image(item, lookup, findings));
    }

    private StatedImage image(YoloItem item, ImageLookup lookup, FindingCounter findings) {
        item.labels().ifPresent(file -> lookup.called(ImageIndex.stem(file), new TextPlace(file, 0)));
        return new StatedImage(
                item.image(),
                item.split(),
                StatedFrame.SHARES,
                item.labels().map(file -> new StatedLabels.OfObjects(objects(file, findings))),
                new TextPlace(item.labels().orElse(item.image()), 0));
    }

    private List<StatedObject> objects(Path file, FindingCounter findings) {
        ByteOrderMark.report(file, findings);
        List<String> lines = YoloLabels.lines(file);
        List<StatedObject> objects = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty()) {
                object(line.split("\\s+"), new TextPlace(file, i + 1), findings).ifPresent(objects::add);
            }
        }
        return objects;
    }

    private Optional<StatedObject> object(String[] fields, TextPlace place, FindingCounter findings) {
        if (!fields[0].matches("\\d{1,6}(\\.0*)?")) {
            findings.add(
                    ReadFault.OBJECT_INVALID,
                    place,
                    "it begins with \"%s\" and not with a class number".formatted(Printable.brief(fields[0])));
            return Optional.empty();
        }
        long number = (long) YoloLabels.number(fields[0]) + classShift;
        numbers.add(number, place);
        if (!names.isEmpty() && (number < 0 || number >= names.size())) {
            findings.add(
                    ReadFault.CLASS_UNKNOWN,
                    place,
                    "it begins with %d, and the classes are 0 to %d".formatted(number, names.size() - 1));
            return Optional.empty();
        }
        String name = names.isEmpty() ? Long.toString(number) : names.get((int) number);
        try {
            return Optional.of(
                    YoloLine.object(fields, name, format, reader.declaration().pose(), place));
        } catch (IllegalArgumentException e) {
            findings.add(ReadFault.OBJECT_INVALID, place, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
