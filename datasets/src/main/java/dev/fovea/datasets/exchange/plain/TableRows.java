package dev.fovea.datasets.exchange.plain;

import dev.fovea.datasets.ClassName;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.exchange.model.ReadFault;
import dev.fovea.datasets.exchange.plain.TableColumns.BoxColumns;
import dev.fovea.datasets.exchange.reading.FindingCounter;
import dev.fovea.datasets.exchange.reading.StatedFrame;
import dev.fovea.datasets.exchange.reading.StatedImage;
import dev.fovea.datasets.exchange.reading.StatedLabels;
import dev.fovea.datasets.exchange.reading.StatedObject;
import dev.fovea.datasets.exchange.reading.StatedShape;
import dev.fovea.datasets.exchange.reading.TextPlace;
import dev.fovea.datasets.formats.YoloLabels;
import dev.fovea.fault.Printable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The rows of one image. */
final class TableRows {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final TableColumns columns;
    private final TextPlace first;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<TextPlace> places = new ArrayList<>();

    TableRows(TableColumns columns, TextPlace first) {
        this.columns = columns;
        this.first = first;
    }

    void add(List<String> row, TextPlace place) {
        rows.add(row);
        places.add(place);
    }

    StatedImage image(Path file, Function<String, Split> split, FindingCounter findings) {
        List<String> row = rows.getFirst();
        boolean isLabelled = columns.named("labelled") >= 0
                ? !cell(row, columns.named("labelled")).equals("no")
                : columns.box().isPresent()
                        || !columns.marks().isEmpty()
                        || rows.stream()
                                .anyMatch(each -> !cell(each, columns.label()).isBlank());
        Optional<BoxColumns> box = columns.box();
        StatedLabels labels = box.<StatedLabels>map(each -> new StatedLabels.OfObjects(objects(each, findings)))
                .orElseGet(() ->
                        new StatedLabels.OfImage(new ClassLabels(List.copyOf(classes()), weights(row, findings))));
        StatedFrame frame = box.map(each ->
                        StatedFrame.pixels((int) YoloLabels.number("0" + cell(row, each.width())), (int)
                                YoloLabels.number("0" + cell(row, each.height()))))
                .orElse(StatedFrame.SHARES);
        return new StatedImage(
                file,
                split.apply(cell(row, columns.split())),
                frame,
                isLabelled ? Optional.of(labels) : Optional.empty(),
                List.of(),
                Map.copyOf(map(cell(row, columns.named("tags")), findings)),
                cell(row, columns.named("group")),
                first);
    }

    private static String cell(List<String> row, int column) {
        return CsvRows.cell(row, column);
    }

    private Set<String> classes() {
        Set<String> classes = new LinkedHashSet<>();
        for (int i = 0; i < rows.size(); i++) {
            List<String> row = rows.get(i);
            String label = cell(row, columns.label());
            if (columns.label() >= 0 && !label.isBlank()) {
                classes.add(ClassName.of(label.strip(), places.get(i).toString()));
            }
            for (int column : columns.marks()) {
                if (cell(row, column).strip().matches("1(\\.0*)?")) {
                    classes.add(ClassName.of(
                            columns.table().titles().get(column), places.get(i).toString()));
                }
            }
        }
        return classes;
    }

    private Map<String, Double> weights(List<String> row, FindingCounter findings) {
        Map<String, Double> weights = new TreeMap<>();
        map(cell(row, columns.named("weights")), findings).forEach((name, weight) -> {
            double number = YoloLabels.number(weight);
            if (number >= 0 && number <= 1) {
                weights.put(name, number);
            } else {
                findings.add(
                        ReadFault.OBJECT_INVALID,
                        first,
                        "the weight %s of %s is not from 0 to 1".formatted(weight, name));
            }
        });
        return weights;
    }

    /** A JSON object in a cell. */
    private Map<String, String> map(String cell, FindingCounter findings) {
        Map<String, String> map = new TreeMap<>();
        if (!cell.isBlank()) {
            try {
                MAPPER.readTree(cell)
                        .properties()
                        .forEach(each -> map.put(each.getKey(), each.getValue().asString("")));
            } catch (JacksonException e) {
                findings.add(
                        ReadFault.UNSUPPORTED, first, "\"%s\" is not a JSON object".formatted(Printable.brief(cell)));
            }
        }
        return map;
    }

    private List<StatedObject> objects(BoxColumns box, FindingCounter findings) {
        List<StatedObject> objects = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            List<String> row = rows.get(i);
            String label = cell(row, columns.label()).strip();
            boolean hasBox = !cell(row, box.a()).isBlank();
            if (hasBox && label.isEmpty()) {
                findings.add(ReadFault.OBJECT_INVALID, places.get(i), "a box without a label");
            } else if (hasBox) {
                objects.add(new StatedObject(
                        ClassName.of(label, places.get(i).toString()),
                        new StatedShape.FourNumbers(
                                YoloLabels.number(cell(row, box.a()).strip()),
                                YoloLabels.number(cell(row, box.b()).strip()),
                                YoloLabels.number(cell(row, box.c()).strip()),
                                YoloLabels.number(cell(row, box.d()).strip()),
                                box.reading()),
                        places.get(i)));
            }
        }
        return objects;
    }
}
