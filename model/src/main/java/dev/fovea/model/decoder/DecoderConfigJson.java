package dev.fovea.model.decoder;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.json.Json;
import dev.fovea.model.decoder.DecoderConfig.BoxForm;
import dev.fovea.model.decoder.DecoderConfig.BoxUnit;
import dev.fovea.model.decoder.DecoderConfig.PixelValues;
import dev.fovea.model.decoder.DecoderConfig.ScoreActivation;
import dev.fovea.model.json.JsonFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The decoder as JSON. What is left out has one stated default (score 0.25, overlap 0.7, across-classes false, limit
 * 300; for text pixel 0.3, score 0.6, growth 1.5, limit 1000; the columns of Ultralytics, in pixels, for end-to-end
 * rows; strides 8 to 64, reg-max 7 and offset 0 for NanoDet); the kind and the outputs' names are never guessed. Every
 * error is {@code DECODER_INVALID} and names the field.
 */
public final class DecoderConfigJson {

    private static final Json JSON = Json.of("The decoder", ErrorCode.DECODER_INVALID);
    private static final int MAX_TEXT_REGIONS = 1000;

    private DecoderConfigJson() {}

    /** Reads a file. */
    public static DecoderConfig read(Path file) {
        try {
            return read(Files.readString(file));
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.DECODER_INVALID, "The decoder %s cannot be read. Check the path.".formatted(file), e);
        }
    }

    /** Reads a text. */
    public static DecoderConfig read(String json) {
        return read(JSON.parse(json));
    }

    /** Reads a JSON value that is part of another document. */
    public static DecoderConfig read(JsonNode json) {
        JsonFields fields = new JsonFields(json, "decoder", ErrorCode.DECODER_INVALID);
        DecoderConfig decoder = decoder(fields, fields.text("kind"));
        fields.refuseOthers();
        return decoder;
    }

    private static DecoderConfig decoder(JsonFields fields, String kind) {
        return switch (kind) {
            case "yolox" ->
                new DecoderConfig.Yolox(
                        fields.text("output"),
                        fields.has("strides") ? fields.integers("strides") : List.of(8, 16, 32),
                        selection(fields));
            case "yolov5" -> new DecoderConfig.YoloV5(fields.text("output"), prototypes(fields), selection(fields));
            case "yolov8" -> new DecoderConfig.YoloV8(fields.text("output"), prototypes(fields), selection(fields));
            case "boxes-and-scores" ->
                new DecoderConfig.BoxesAndScores(
                        fields.text("boxes"),
                        fields.text("scores"),
                        fields.choice("form", BoxForm.class),
                        fields.choice("unit", BoxUnit.class),
                        fields.choice("activation", ScoreActivation.class),
                        fields.has("background") ? OptionalInt.of(fields.integer("background")) : OptionalInt.empty(),
                        selection(fields));
            case "fastestdet" -> new DecoderConfig.FastestDet(fields.text("output"), selection(fields));
            case "detr" ->
                new DecoderConfig.Detr(
                        fields.text("logits"),
                        fields.text("boxes"),
                        fields.choice("activation", ScoreActivation.class),
                        number(fields, "score", Selection.DEFAULT.score()),
                        integer(fields, "limit", Selection.DEFAULT.limit()));
            case "text-map" ->
                new DecoderConfig.TextMap(
                        fields.text("output"),
                        number(fields, "pixel", 0.3),
                        number(fields, "score", 0.6),
                        number(fields, "growth", 1.5),
                        integer(fields, "limit", MAX_TEXT_REGIONS));
            case "semantic-map" ->
                new DecoderConfig.SemanticMap(
                        fields.text("output"),
                        fields.has("values") ? fields.choice("values", PixelValues.class) : PixelValues.SCORES,
                        number(fields, "threshold", OutputOptions.THRESHOLD));
            case SelectedDecoderJson.ROWS -> SelectedDecoderJson.rows(fields);
            case SelectedDecoderJson.LISTS -> SelectedDecoderJson.lists(fields);
            case "nanodet" -> nanoDet(fields);
            default ->
                throw fields.error(
                        "decoder.kind is \"%s\"; it must be yolox, yolov5, yolov8, boxes-and-scores, fastestdet, detr, nanodet, end-to-end, detections, text-map or semantic-map"
                                .formatted(kind));
        };
    }

    private static NanoDet nanoDet(JsonFields fields) {
        return new NanoDet(
                fields.has("outputs") ? fields.texts("outputs") : List.of(fields.text("output")),
                fields.has("strides") ? fields.integers("strides") : List.of(8, 16, 32, 64),
                integer(fields, "reg-max", 7),
                number(fields, "offset", 0),
                fields.optionalChoice("activation", ScoreActivation.class).orElse(ScoreActivation.NONE),
                selection(fields));
    }

    private static Selection selection(JsonFields fields) {
        return new Selection(
                number(fields, "score", Selection.DEFAULT.score()),
                number(fields, "overlap", Selection.DEFAULT.overlap()),
                fields.has("across-classes") && fields.flag("across-classes"),
                integer(fields, "limit", Selection.DEFAULT.limit()));
    }

    private static Optional<String> prototypes(JsonFields fields) {
        return fields.has("prototypes") ? Optional.of(fields.text("prototypes")) : Optional.empty();
    }

    private static double number(JsonFields fields, String name, double otherwise) {
        return fields.has(name) ? fields.number(name) : otherwise;
    }

    private static int integer(JsonFields fields, String name, int otherwise) {
        return fields.has(name) ? fields.integer(name) : otherwise;
    }

    /** Writes a decoder so that {@link #read(String)} gives an equal one. */
    public static String write(DecoderConfig decoder) {
        return JSON.pretty(tree(decoder));
    }

    /** The decoder as a JSON value for another document. */
    public static ObjectNode tree(DecoderConfig decoder) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        switch (decoder) {
            case DecoderConfig.Yolox yolox -> {
                node.put("kind", "yolox").put("output", yolox.output());
                yolox.strides().forEach(node.putArray("strides")::add);
                put(node, yolox.selection());
            }
            case DecoderConfig.YoloV5 v5 -> {
                node.put("kind", "yolov5").put("output", v5.output());
                v5.prototypes().ifPresent(name -> node.put("prototypes", name));
                put(node, v5.selection());
            }
            case DecoderConfig.YoloV8 v8 -> {
                node.put("kind", "yolov8").put("output", v8.output());
                v8.prototypes().ifPresent(name -> node.put("prototypes", name));
                put(node, v8.selection());
            }
            case DecoderConfig.BoxesAndScores sides -> {
                node.put("kind", "boxes-and-scores").put("boxes", sides.boxes()).put("scores", sides.scores());
                node.put("form", JsonFields.word(sides.form())).put("unit", JsonFields.word(sides.unit()));
                node.put("activation", JsonFields.word(sides.activation()));
                sides.background().ifPresent(column -> node.put("background", column));
                put(node, sides.selection());
            }
            case DecoderConfig.FastestDet fastest -> {
                node.put("kind", "fastestdet").put("output", fastest.output());
                put(node, fastest.selection());
            }
            case DecoderConfig.Detr detr -> {
                node.put("kind", "detr").put("logits", detr.logits()).put("boxes", detr.boxes());
                node.put("activation", JsonFields.word(detr.activation()));
                node.put("score", detr.score()).put("limit", detr.limit());
            }
            case DecoderConfig.TextMap text -> {
                node.put("kind", "text-map").put("output", text.output()).put("pixel", text.pixel());
                node.put("score", text.score()).put("growth", text.growth()).put("limit", text.limit());
            }
            case DetectionRows rows -> SelectedDecoderJson.put(node, rows);
            case DetectionLists lists -> SelectedDecoderJson.put(node, lists);
            case NanoDet nano -> {
                node.put("kind", "nanodet");
                nano.outputs().forEach(node.putArray("outputs")::add);
                nano.strides().forEach(node.putArray("strides")::add);
                node.put("reg-max", nano.regMax()).put("offset", nano.offset());
                node.put("activation", JsonFields.word(nano.activation()));
                put(node, nano.selection());
            }
            case DecoderConfig.SemanticMap map -> {
                node.put("kind", "semantic-map").put("output", map.output());
                if (map.values() != PixelValues.SCORES) {
                    node.put("values", JsonFields.word(map.values())).put("threshold", map.threshold());
                }
            }
        }
        return node;
    }

    private static void put(ObjectNode node, Selection selection) {
        node.put("score", selection.score()).put("overlap", selection.overlap());
        node.put("across-classes", selection.acrossClasses()).put("limit", selection.limit());
    }
}
