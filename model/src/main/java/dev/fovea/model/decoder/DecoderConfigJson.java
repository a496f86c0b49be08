package dev.fovea.model.decoder;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.json.Json;
import dev.fovea.model.decoder.DecoderConfig.PixelValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.node.ObjectNode;

/**
 * The decoder as JSON. A missing field has one stated default; the kind and the outputs' names are never guessed. Every
 * error is {@code DECODER_INVALID} and names the field.
 */
public final class DecoderConfigJson {

    private static final Json JSON = Json.of("decoder", ErrorCode.DECODER_INVALID)
            .with(mapper -> mapper.propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                    .addMixIn(DecoderConfig.class, Kinds.class));

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = DecoderConfig.Yolox.class, name = "yolox"),
        @JsonSubTypes.Type(value = DecoderConfig.YoloV5.class, name = "yolov5"),
        @JsonSubTypes.Type(value = DecoderConfig.YoloV8.class, name = "yolov8"),
        @JsonSubTypes.Type(value = DecoderConfig.BoxesAndScores.class, name = "boxes-and-scores"),
        @JsonSubTypes.Type(value = DecoderConfig.FastestDet.class, name = "fastestdet"),
        @JsonSubTypes.Type(value = DecoderConfig.Detr.class, name = "detr"),
        @JsonSubTypes.Type(value = NanoDet.class, name = "nanodet"),
        @JsonSubTypes.Type(value = DetectionRows.class, name = "end-to-end"),
        @JsonSubTypes.Type(value = DetectionLists.class, name = "detections"),
        @JsonSubTypes.Type(value = DecoderConfig.TextMap.class, name = "text-map"),
        @JsonSubTypes.Type(value = DecoderConfig.SemanticMap.class, name = "semantic-map")
    })
    private interface Kinds {}

    private static final JsonNode DEFAULTS = JSON.parse("""
            {"yolox": {"strides": [8, 16, 32], "score": 0.25, "overlap": 0.7, "across-classes": false, "limit": 300},
             "yolov5": {"score": 0.25, "overlap": 0.7, "across-classes": false, "limit": 300},
             "yolov8": {"score": 0.25, "overlap": 0.7, "across-classes": false, "limit": 300},
             "boxes-and-scores": {"score": 0.25, "overlap": 0.7, "across-classes": false, "limit": 300},
             "fastestdet": {"score": 0.25, "overlap": 0.7, "across-classes": false, "limit": 300},
             "detr": {"score": 0.25, "limit": 300},
             "nanodet": {"strides": [8, 16, 32, 64], "reg-max": 7, "offset": 0, "activation": "none",
                         "score": 0.25, "overlap": 0.7, "across-classes": false, "limit": 300},
             "end-to-end": {"columns": ["x1", "y1", "x2", "y2", "score", "class"], "unit": "pixels", "first-class": 0,
                            "score": 0.25, "limit": 300},
             "detections": {"score": 0.25, "limit": 300},
             "text-map": {"pixel": 0.3, "score": 0.6, "growth": 1.5, "limit": 1000},
             "semantic-map": {"values": "scores", "threshold": 0.5}}
            """);

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
        String kind = json.path("kind").asString("");
        return JSON.bind(JSON.withDefaults(json, DEFAULTS.path(kind)), DecoderConfig.class);
    }

    /** Writes a decoder so that {@link #read(String)} gives an equal one. */
    public static String write(DecoderConfig decoder) {
        return JSON.pretty(tree(decoder));
    }

    /** The decoder as a JSON value for another document. */
    public static ObjectNode tree(DecoderConfig decoder) {
        ObjectNode tree = JSON.tree(decoder);
        if (decoder instanceof DecoderConfig.SemanticMap map && map.values() == PixelValues.SCORES) {
            tree.remove(List.of("values", "threshold"));
        }
        return tree;
    }
}
