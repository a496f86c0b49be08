package dev.fovea.model.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Crop;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.PreprocessingContract.Alpha;
import dev.fovea.imaging.PreprocessingContract.ColorOrder;
import dev.fovea.imaging.Resize;
import dev.fovea.imaging.Rounding;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.TensorFormat;
import dev.fovea.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.ToStringSerializer;
import tools.jackson.databind.util.StdConverter;

/**
 * The contract as JSON. A missing field has one stated default; color and resize are never guessed. Every error is
 * {@code CONTRACT_INVALID} and names the field.
 */
public final class PreprocessingContractJson {

    private static final Json JSON = Json.of("contract", ErrorCode.CONTRACT_INVALID)
            .with(mapper -> mapper.addMixIn(PreprocessingContract.class, ContractFields.class)
                    .addMixIn(TensorFormat.class, TensorFields.class)
                    .addMixIn(Crop.class, CropFields.class)
                    .addMixIn(Resize.class, ResizeKinds.class)
                    .addMixIn(Resize.ShortestEdge.class, ShortestEdgeFields.class)
                    .addMixIn(Resize.Stretch.class, FixedSizeFields.class)
                    .addMixIn(Resize.Letterbox.class, FixedSizeFields.class));

    /** By the value of {@code color} or {@code fit}; those of {@code crop} and of every contract have no such name. */
    private static final JsonNode DEFAULTS = JSON.parse("""
            {"contract": {"orientation": "exif", "alpha": "#ffffff", "scale": %s,
                          "layout": "NCHW", "type": "float32", "decode": "exact"},
             "gray": {"mean": [0], "std": [1]},
             "color": {"mean": [0, 0, 0], "std": [1, 1, 1]},
             "shortest-edge": {"rounding": "down"},
             "letterbox": {"pad": 114, "anchor": "center"},
             "crop": {"rounding": "nearest"}}
            """.formatted(1 / 255.0));

    @JsonPropertyOrder({"orientation", "color", "alpha", "resize", "crop", "tensor", "decode"})
    interface ContractFields {
        @JsonSerialize(using = ToStringSerializer.class)
        ColorOrder color();

        @JsonSerialize(converter = AlphaText.class)
        @JsonDeserialize(converter = TextAlpha.class)
        Alpha alpha();

        @JsonUnwrapped
        TensorFormat tensor();
    }

    interface TensorFields {
        @JsonSerialize(using = ToStringSerializer.class)
        TensorFormat.Layout layout();
    }

    interface CropFields {
        @JsonProperty("center")
        @JsonSerialize(converter = SizeEdges.class)
        @JsonDeserialize(converter = EdgesSize.class)
        Size size();

        @JsonProperty("rounding")
        Rounding offset();
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fit")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Resize.ShortestEdge.class, name = "shortest-edge"),
        @JsonSubTypes.Type(value = Resize.Stretch.class, name = "stretch"),
        @JsonSubTypes.Type(value = Resize.Letterbox.class, name = "letterbox")
    })
    interface ResizeKinds {}

    interface ShortestEdgeFields {
        @JsonProperty("size")
        @JsonSerialize(converter = EdgeEdges.class)
        @JsonDeserialize(converter = EdgesEdge.class)
        int edge();

        @JsonProperty("rounding")
        Rounding longEdge();
    }

    @JsonPropertyOrder({"size", "pad", "anchor", "filter", "engine"})
    interface FixedSizeFields {
        @JsonSerialize(converter = SizeEdges.class)
        @JsonDeserialize(converter = EdgesSize.class)
        Size size();
    }

    static final class AlphaText extends StdConverter<Alpha, String> {
        @Override
        public String convert(Alpha alpha) {
            return switch (alpha) {
                case Alpha.Over(int red, int green, int blue) -> "#%02x%02x%02x".formatted(red, green, blue);
                case Alpha.Drop() -> "drop";
            };
        }
    }

    static final class TextAlpha extends StdConverter<String, Alpha> {
        @Override
        public Alpha convert(String text) {
            if (text.equals("drop")) {
                return new Alpha.Drop();
            }
            if (!text.matches("#[0-9a-fA-F]{6}")) {
                throw new IllegalArgumentException(
                        "\"%s\" must be \"drop\" or a color like \"#ffffff\"".formatted(text));
            }
            int rgb = Integer.parseInt(text.substring(1), 16);
            return new Alpha.Over(rgb >> 16, (rgb >> 8) & 255, rgb & 255);
        }
    }

    static final class SizeEdges extends StdConverter<Size, List<Integer>> {
        @Override
        public List<Integer> convert(Size size) {
            return List.of(size.height(), size.width());
        }
    }

    static final class EdgesSize extends StdConverter<List<Integer>, Size> {
        @Override
        public Size convert(List<Integer> edges) {
            return switch (edges.size()) {
                case 1 -> Size.square(edges.getFirst());
                case 2 -> new Size(edges.getFirst(), edges.getLast());
                default -> throw new IllegalArgumentException("%s must be [edge] or [height, width]".formatted(edges));
            };
        }
    }

    static final class EdgeEdges extends StdConverter<Integer, List<Integer>> {
        @Override
        public List<Integer> convert(Integer edge) {
            return List.of(edge);
        }
    }

    static final class EdgesEdge extends StdConverter<List<Integer>, Integer> {
        @Override
        public Integer convert(List<Integer> edges) {
            if (edges.size() != 1) {
                throw new IllegalArgumentException(
                        "%s must be one number, as [256], with fit shortest-edge".formatted(edges));
            }
            return edges.getFirst();
        }
    }

    private PreprocessingContractJson() {}

    /** Reads a file. */
    public static PreprocessingContract read(Path file) {
        try {
            return read(JSON.named(file.toString()).parse(Files.readString(file)));
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.CONTRACT_INVALID, "The contract %s cannot be read. Check the path.".formatted(file), e);
        }
    }

    /** Reads a text. */
    public static PreprocessingContract read(String json) {
        return read(JSON.parse(json));
    }

    /** Reads a JSON value that is part of another document. */
    public static PreprocessingContract read(JsonNode json) {
        boolean gray = json.path("color").asString("").equalsIgnoreCase(ColorOrder.GRAY.name());
        JsonNode complete = JSON.withDefaults(json, DEFAULTS.path("contract"));
        complete = JSON.withDefaults(complete, DEFAULTS.path(gray ? "gray" : "color"));
        if (complete instanceof ObjectNode contract) {
            complete(contract, "resize", contract.path("resize").path("fit").asString(""));
            complete(contract, "crop", "crop");
        }
        return JSON.bind(complete, PreprocessingContract.class);
    }

    private static void complete(ObjectNode contract, String field, String defaults) {
        if (contract.has(field)) {
            contract.set(field, JSON.withDefaults(contract.path(field), DEFAULTS.path(defaults)));
        }
    }

    /** Writes a contract so that {@link #read(String)} gives an equal one. */
    public static String write(PreprocessingContract contract) {
        return JSON.pretty(tree(contract));
    }

    /** The contract as a JSON value for another document. */
    public static ObjectNode tree(PreprocessingContract contract) {
        return JSON.tree(contract);
    }
}
