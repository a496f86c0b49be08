package dev.fovea.datasets.exchange.plain;

import dev.fovea.datasets.exchange.model.BoxReading;
import dev.fovea.datasets.exchange.reading.FindingCounter;
import dev.fovea.datasets.exchange.reading.TextPlace;
import dev.fovea.datasets.formats.LabelTable;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Where a table has what; −1 where it has not.
 *
 * @param marks columns of classes that contain 0 or 1; empty where there is a column of labels
 * @param table whose columns they are
 */
record TableColumns(int image, int label, int split, Optional<BoxColumns> box, List<Integer> marks, CsvRows table) {

    /** The four numbers of a box, and the size that the image is said to have. */
    record BoxColumns(int a, int b, int c, int d, BoxReading reading, int width, int height) {}

    private static final Set<String> OWN = Set.of("split", "group", "tags", "weights", "labelled", "width", "height");

    private static final Pattern MARK = Pattern.compile("[01](\\.0*)?");

    /** {@code DATASET_INVALID} when columns seem to be labels, and none is called so. */
    static TableColumns of(CsvRows table) {
        int image = table.column(LabelTable.IMAGE);
        int label = table.column(LabelTable.LABEL);
        int split = table.column(LabelTable.SPLIT);
        Optional<BoxColumns> box = box(table);
        List<Integer> others = label >= 0 || box.isPresent()
                ? List.of()
                : IntStream.range(0, table.head().size())
                        .filter(i -> i != image
                                && i != split
                                && !OWN.contains(table.head().get(i)))
                        .boxed()
                        .toList();
        return new TableColumns(image, label, split, box, marks(table, others), table);
    }

    /** The columns that contain nothing but 0 and 1. */
    private static List<Integer> marks(CsvRows table, List<Integer> others) {
        List<Integer> marks = new ArrayList<>();
        if (others.isEmpty()) {
            return marks;
        }
        Map<Integer, Integer> counts = new HashMap<>();
        Map<Integer, String> strange = new TreeMap<>();
        table.forEach(new FindingCounter(), (line, row) -> {
            for (int column : others) {
                String cell = CsvRows.cell(row, column).strip();
                if (MARK.matcher(cell).matches()) {
                    counts.merge(column, 1, Integer::sum);
                } else if (!cell.isEmpty()) {
                    strange.putIfAbsent(
                            column,
                            "%s: \"%s\" in the column \"%s\""
                                    .formatted(
                                            new TextPlace(table.file(), line),
                                            Printable.brief(cell),
                                            Printable.brief(table.titles().get(column))));
                }
            }
        });
        others.stream().filter(column -> !strange.containsKey(column)).forEach(marks::add);
        strange.forEach((column, place) -> {
            if (marks.isEmpty() || counts.containsKey(column)) {
                throw new FoveaException(
                        ErrorCode.DATASET_INVALID,
                        "%s is neither 0 nor 1, and no column is called label. Call the column of labels label, or write 0 or 1 for each class. Nothing was imported."
                                .formatted(place));
            }
        });
        return marks;
    }

    private static Optional<BoxColumns> box(CsvRows table) {
        int width = table.column("width", "image_width", "img_width");
        int height = table.column("height", "image_height", "img_height");
        List<BoxColumns> known = List.of(
                new BoxColumns(
                        table.column("xmin", "x1", "x_min", "left", "bbox_xmin"),
                        table.column("ymin", "y1", "y_min", "top", "bbox_ymin"),
                        table.column("xmax", "x2", "x_max", "right", "bbox_xmax"),
                        table.column("ymax", "y2", "y_max", "bottom", "bbox_ymax"),
                        BoxReading.XYXY,
                        width,
                        height),
                new BoxColumns(
                        table.column("cx", "x_center", "x_centre", "center_x"),
                        table.column("cy", "y_center", "y_centre", "center_y"),
                        table.column("w", "width", "bbox_width", "box_width"),
                        table.column("h", "height", "bbox_height", "box_height"),
                        BoxReading.CXCYWH,
                        table.column("image_width"),
                        table.column("image_height")),
                new BoxColumns(
                        table.column("x", "bbox_x"),
                        table.column("y", "bbox_y"),
                        table.column("w", "width", "bbox_width", "bbox_w"),
                        table.column("h", "height", "bbox_height", "bbox_h"),
                        BoxReading.XYWH,
                        table.column("image_width"),
                        table.column("image_height")));
        return known.stream()
                .filter(box -> box.a() >= 0 && box.b() >= 0 && box.c() >= 0 && box.d() >= 0)
                .findFirst();
    }

    int named(String name) {
        return table.head().indexOf(name);
    }
}
