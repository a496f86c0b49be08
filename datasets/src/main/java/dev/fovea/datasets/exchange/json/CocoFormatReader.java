package dev.fovea.datasets.exchange.json;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.exchange.json.CocoIndex.CocoEntry;
import dev.fovea.datasets.exchange.model.ExchangeClass;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.model.ReadFault;
import dev.fovea.datasets.exchange.model.ReadOptions;
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
import dev.fovea.datasets.formats.CocoDocument;
import dev.fovea.datasets.formats.ImageIndex;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** COCO documents of a folder, each read in two passes; the annotations of one image at a time are in memory. */
public final class CocoFormatReader implements FormatReader {

    private final FormatFolder folder;
    private final List<Path> files;
    private final ReadOptions options;
    private final Map<Path, CocoIndex> indexes = new LinkedHashMap<>();
    private final Map<Path, FindingCounter> found = new LinkedHashMap<>();
    private final ClassNumbers numbers;

    private CocoFormatReader(FormatFolder folder, List<Path> files, ReadOptions options) {
        this.folder = folder;
        this.files = files;
        this.options = options;
        files.forEach(this::index);
        this.numbers = new ClassNumbers(indexes.values().stream()
                .flatMap(index -> index.categories().keySet().stream())
                .collect(Collectors.toSet()));
        indexes.values()
                .forEach(index -> index.used()
                        .forEach((id, line) ->
                                numbers.add(id + options.classShift(), new TextPlace(index.file(), line))));
    }

    /** Recognises a folder by its JSON documents; of several kinds in one archive, the instances are used. */
    public static Optional<FormatReader> of(FormatFolder folder, ReadOptions options) {
        List<Path> documents =
                folder.files("json").stream().filter(CocoDocument::isCoco).toList();
        List<Path> instances = documents.stream()
                .filter(file -> file.getFileName().toString().startsWith("instances"))
                .toList();
        List<Path> files = instances.isEmpty() ? documents : instances;
        return files.isEmpty() ? Optional.empty() : Optional.of(new CocoFormatReader(folder, files, options));
    }

    @Override
    public ExchangeFormat format() {
        return ExchangeFormat.COCO;
    }

    @Override
    public List<ExchangeClass> classes() {
        return files.stream()
                .flatMap(file -> index(file).categories().values().stream())
                .distinct()
                .toList();
    }

    @Override
    public Optional<ImageTask> task() {
        return files.stream().anyMatch(file -> index(file).isSemantic())
                ? Optional.of(ImageTask.SEMANTIC_SEGMENTATION)
                : Optional.empty();
    }

    @Override
    public Optional<Boolean> hasOutlines() {
        return Optional.of(indexes.values().stream().anyMatch(CocoIndex::hasOutlines));
    }

    private CocoIndex index(Path file) {
        return indexes.computeIfAbsent(file, absent -> {
            FindingCounter counter = new FindingCounter();
            found.put(file, counter);
            return CocoIndex.of(file, counter);
        });
    }

    @Override
    public Optional<ClassNumbers> classNumbers() {
        return Optional.of(numbers);
    }

    @Override
    public Stream<StatedImage> images(FindingCounter findings) {
        return files.stream().flatMap(file -> images(file, findings));
    }

    private Stream<StatedImage> images(Path file, FindingCounter findings) {
        CocoIndex index = index(file);
        Optional.ofNullable(found.get(file)).ifPresent(findings::addAll);
        FileWindow window = new FileWindow(file);
        ImageLookup lookup = new ImageLookup(folder.index(), findings);
        return IntStream.range(0, index.images().size())
                .mapToObj(ordinal -> image(index, ordinal, window, lookup, findings))
                .flatMap(Optional::stream)
                .onClose(window::close);
    }

    private Optional<StatedImage> image(
            CocoIndex index, int ordinal, FileWindow window, ImageLookup lookup, FindingCounter findings) {
        CocoEntry entry = index.images().get(ordinal);
        TextPlace place = new TextPlace(index.file(), entry.line(), "image " + entry.fileName());
        return lookup.named(entry.fileName(), place).map(image -> {
            List<StatedObject> objects = new ArrayList<>();
            index.places()
                    .of(ordinal)
                    .forEach(annotation ->
                            object(index, annotation, window, findings).ifPresent(objects::add));
            return new StatedImage(
                    image,
                    split(index.file(), image),
                    StatedFrame.pixels(entry.width(), entry.height()),
                    entry.labelled() ? Optional.of(new StatedLabels.OfObjects(objects)) : Optional.empty(),
                    List.of(),
                    entry.tags(),
                    entry.group(),
                    place);
        });
    }

    private Split split(Path document, Path image) {
        Split ofFolder = folder.index().split(image);
        return ofFolder == Split.UNASSIGNED
                ? ImageIndex.splitOf(ImageIndex.stem(document)).orElse(Split.UNASSIGNED)
                : ofFolder;
    }

    private Optional<StatedObject> object(CocoIndex index, int annotation, FileWindow window, FindingCounter findings) {
        ByteBuffer bytes =
                window.read(index.places().start(annotation), index.places().length(annotation));
        JsonNode node;
        try {
            node = LenientJson.MAPPER.readTree(
                    bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        } catch (JacksonException e) {
            throw LenientJson.damaged(index.file(), e);
        }
        TextPlace place = new TextPlace(
                index.file(),
                index.places().line(annotation),
                "annotation " + node.path("id").asString(""));
        long id = node.path("category_id").asLong(Long.MIN_VALUE) + options.classShift();
        ExchangeClass category = index.categories().get(id);
        if (category == null) {
            findings.add(
                    ReadFault.CLASS_UNKNOWN,
                    place,
                    "category_id is %s, and \"categories\" lists %s"
                            .formatted(
                                    node.path("category_id"),
                                    index.categories().keySet().stream()
                                            .limit(10)
                                            .toList()));
            return Optional.empty();
        }
        try {
            return Optional.of(CocoFields.object(node, category, place));
        } catch (IllegalArgumentException e) {
            findings.add(ReadFault.OBJECT_INVALID, place, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
