package dev.fovea.datasets.exchange.plain;

import dev.fovea.datasets.ClassName;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ObjectFlag;
import dev.fovea.datasets.exchange.model.BoxReading;
import dev.fovea.datasets.exchange.model.ExchangeClass;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.reading.FindingCounter;
import dev.fovea.datasets.exchange.reading.FormatFolder;
import dev.fovea.datasets.exchange.reading.FormatReader;
import dev.fovea.datasets.exchange.reading.ImageLookup;
import dev.fovea.datasets.exchange.reading.StatedFrame;
import dev.fovea.datasets.exchange.reading.StatedImage;
import dev.fovea.datasets.exchange.reading.StatedLabels;
import dev.fovea.datasets.exchange.reading.StatedObject;
import dev.fovea.datasets.exchange.reading.StatedShape;
import dev.fovea.datasets.exchange.reading.TextPlace;
import dev.fovea.datasets.formats.ImageIndex;
import dev.fovea.datasets.formats.YoloLabels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Open Images V4 to V7: boxes, or labels of whole images where there are no boxes; a label counts from a confidence of
 * 0.5. Images without any are known by a table of images with the column {@code Subset}. Source:
 * storage.googleapis.com/openimages/web, data formats.
 */
public final class OpenImagesReader implements FormatReader {

    private static final double MIN_CONFIDENCE = 0.5;

    private final ImageIndex index;
    private final List<CsvRows> annotations;
    private final List<CsvRows> lists;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final boolean hasBoxes;

    /** A row and its place. */
    private record Row(CsvRows table, List<String> cells, TextPlace place) {
        String cell(String column) {
            return CsvRows.cell(cells, table.column(column)).strip();
        }
    }

    private OpenImagesReader(FormatFolder folder, List<CsvRows> annotations) {
        this.index = folder.index();
        this.hasBoxes = annotations.stream().anyMatch(table -> table.column("xmin") >= 0);
        this.annotations = annotations.stream()
                .filter(table -> table.column("xmin") >= 0 == hasBoxes)
                .toList();
        this.lists = index.files("csv").stream()
                .map(CsvRows::of)
                .filter(table -> table.column("imageid") >= 0 && table.column("subset") >= 0)
                .toList();
        index.files("csv").stream()
                .filter(file -> ImageIndex.stem(file).contains("class-descriptions"))
                .forEach(this::describe);
    }

    /** Without a head in the older versions, with {@code LabelName,DisplayName} in the newest. */
    private void describe(Path file) {
        CsvRows table = CsvRows.of(file);
        if (!table.head().contains("labelname") && table.head().size() >= 2) {
            CsvRows.first(file).ifPresent(row -> names.put(row.get(0), ClassName.of(row.get(1), file.toString())));
        }
        table.forEach(new FindingCounter(), (line, row) -> {
            if (row.size() >= 2) {
                names.put(row.get(0), ClassName.of(row.get(1), "Line %d of %s".formatted(line, file)));
            }
        });
    }

    /** Recognises a folder by tables with the columns {@code ImageID} and {@code LabelName}. */
    public static Optional<FormatReader> of(FormatFolder folder) {
        List<CsvRows> tables = folder.files("csv").stream()
                .map(CsvRows::of)
                .filter(table -> table.column("imageid") >= 0 && table.column("labelname") >= 0)
                .toList();
        return tables.isEmpty() ? Optional.empty() : Optional.of(new OpenImagesReader(folder, tables));
    }

    @Override
    public ExchangeFormat format() {
        return ExchangeFormat.OPEN_IMAGES;
    }

    @Override
    public List<ExchangeClass> classes() {
        return names.values().stream().distinct().map(ExchangeClass::new).toList();
    }

    @Override
    public Stream<StatedImage> images(FindingCounter findings) {
        ImageLookup lookup = new ImageLookup(index, findings);
        Map<Path, List<Row>> byImage = new LinkedHashMap<>();
        Map<Path, Split> splits = new LinkedHashMap<>();
        for (CsvRows table : lists) {
            table.forEach(findings, (line, cells) -> {
                Row row = new Row(table, cells, new TextPlace(table.file(), line));
                Split split = ImageIndex.splitOf(row.cell("subset")).orElse(Split.UNASSIGNED);
                find(row.cell("imageid"), split, row.place(), lookup).ifPresent(image -> {
                    byImage.putIfAbsent(image, new ArrayList<>());
                    splits.put(image, split);
                });
            });
        }
        for (CsvRows table : annotations) {
            Split split = ImageIndex.splitOf(ImageIndex.stem(table.file())).orElse(Split.UNASSIGNED);
            table.forEach(findings, (line, cells) -> {
                Row row = new Row(table, cells, new TextPlace(table.file(), line));
                find(row.cell("imageid"), split, row.place(), lookup).ifPresent(image -> {
                    byImage.computeIfAbsent(image, absent -> new ArrayList<>()).add(row);
                    splits.putIfAbsent(image, split == Split.UNASSIGNED ? index.split(image) : split);
                });
            });
        }
        return byImage.entrySet().stream()
                .map(entry -> new StatedImage(
                        entry.getKey(),
                        splits.getOrDefault(entry.getKey(), Split.UNASSIGNED),
                        StatedFrame.SHARES,
                        hasBoxes || !entry.getValue().isEmpty() || hasSeveral(byImage)
                                ? Optional.of(labels(entry.getValue()))
                                : Optional.empty(),
                        entry.getValue().isEmpty()
                                ? new TextPlace(entry.getKey(), 0)
                                : entry.getValue().getFirst().place()));
    }

    /** Where each image has at most one label, one without a label has not been looked at. */
    private static boolean hasSeveral(Map<Path, List<Row>> byImage) {
        return byImage.values().stream().anyMatch(rows -> rows.size() > 1);
    }

    /** An image of the folder of its split, where several have the same name. */
    private Optional<Path> find(String id, Split split, TextPlace place, ImageLookup lookup) {
        return index.called(id).stream()
                .filter(image -> index.split(image) == split)
                .findFirst()
                .or(() -> lookup.called(id, place));
    }

    private String name(Row row) {
        String label = row.cell("labelname");
        return names.getOrDefault(label, label);
    }

    private StatedLabels labels(List<Row> rows) {
        if (!hasBoxes) {
            return new StatedLabels.OfImage(new ClassLabels(
                    rows.stream()
                            .filter(row -> row.cell("confidence").isEmpty()
                                    || YoloLabels.number(row.cell("confidence")) >= MIN_CONFIDENCE)
                            .map(this::name)
                            .toList(),
                    Map.of()));
        }
        return new StatedLabels.OfObjects(rows.stream()
                .map(row -> new StatedObject(
                        name(row),
                        new StatedShape.FourNumbers(
                                YoloLabels.number(row.cell("xmin")),
                                YoloLabels.number(row.cell("ymin")),
                                YoloLabels.number(row.cell("xmax")),
                                YoloLabels.number(row.cell("ymax")),
                                BoxReading.XYXY),
                        Map.of(),
                        flags(row),
                        List.of(),
                        row.place()))
                .toList());
    }

    private static Set<ObjectFlag> flags(Row row) {
        Set<ObjectFlag> flags = EnumSet.noneOf(ObjectFlag.class);
        Map.of("isoccluded", ObjectFlag.OCCLUDED, "istruncated", ObjectFlag.TRUNCATED, "isgroupof", ObjectFlag.CROWD)
                .forEach((column, flag) -> {
                    if (row.cell(column).equals("1")) {
                        flags.add(flag);
                    }
                });
        return flags;
    }
}
