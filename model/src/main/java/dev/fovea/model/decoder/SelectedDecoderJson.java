package dev.fovea.model.decoder;

import dev.fovea.model.decoder.DecoderConfig.BoxForm;
import dev.fovea.model.decoder.DecoderConfig.BoxUnit;
import dev.fovea.model.decoder.DetectionRows.Column;
import dev.fovea.model.json.JsonFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of {@link DetectionRows} and {@link DetectionLists}: kinds {@code end-to-end} and {@code detections}. */
final class SelectedDecoderJson {

    static final String ROWS = "end-to-end";
    static final String LISTS = "detections";

    private SelectedDecoderJson() {}

    static DetectionRows rows(JsonFields fields) {
        return new DetectionRows(
                fields.text("output"),
                fields.has("columns") ? columns(fields) : DetectionRows.ULTRALYTICS,
                fields.optionalChoice("unit", BoxUnit.class).orElse(BoxUnit.PIXELS),
                firstClass(fields),
                optional(fields, "prototypes"),
                score(fields),
                limit(fields));
    }

    static DetectionLists lists(JsonFields fields) {
        return new DetectionLists(
                new DetectionLists.Tensors(
                        fields.text("boxes"),
                        optional(fields, "scores"),
                        fields.text("classes"),
                        optional(fields, "count")),
                fields.choice("form", BoxForm.class),
                fields.choice("unit", BoxUnit.class),
                fields.integer("first-class"),
                score(fields),
                limit(fields));
    }

    static void put(ObjectNode node, DetectionRows rows) {
        node.put("kind", ROWS).put("output", rows.output());
        rows.columns().forEach(column -> node.withArray("columns").add(JsonFields.word(column)));
        node.put("unit", JsonFields.word(rows.unit())).put("first-class", rows.firstClass());
        rows.prototypes().ifPresent(name -> node.put("prototypes", name));
        node.put("score", rows.score()).put("limit", rows.limit());
    }

    static void put(ObjectNode node, DetectionLists lists) {
        node.put("kind", LISTS).put("boxes", lists.tensors().boxes());
        lists.tensors().scores().ifPresent(name -> node.put("scores", name));
        node.put("classes", lists.tensors().classes());
        lists.tensors().count().ifPresent(name -> node.put("count", name));
        node.put("form", JsonFields.word(lists.form())).put("unit", JsonFields.word(lists.unit()));
        node.put("first-class", lists.firstClass()).put("score", lists.score()).put("limit", lists.limit());
    }

    private static List<Column> columns(JsonFields fields) {
        List<Column> columns = new ArrayList<>();
        for (String word : fields.texts("columns")) {
            columns.add(Arrays.stream(Column.values())
                    .filter(column -> JsonFields.word(column).equals(word))
                    .findFirst()
                    .orElseThrow(() -> fields.error("decoder.columns holds \"%s\"; known are %s"
                            .formatted(
                                    word,
                                    Arrays.stream(Column.values())
                                            .map(JsonFields::word)
                                            .collect(Collectors.joining(", "))))));
        }
        return columns;
    }

    private static int firstClass(JsonFields fields) {
        return fields.has("first-class") ? fields.integer("first-class") : 0;
    }

    private static Optional<String> optional(JsonFields fields, String name) {
        return fields.has(name) ? Optional.of(fields.text(name)) : Optional.empty();
    }

    private static double score(JsonFields fields) {
        return fields.has("score") ? fields.number("score") : Selection.DEFAULT.score();
    }

    private static int limit(JsonFields fields) {
        return fields.has("limit") ? fields.integer("limit") : Selection.DEFAULT.limit();
    }
}
