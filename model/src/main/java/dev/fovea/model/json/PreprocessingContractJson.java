package dev.fovea.model.json;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Crop;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.PreprocessingContract.Alpha;
import dev.fovea.imaging.PreprocessingContract.ColorOrder;
import dev.fovea.imaging.PreprocessingContract.DecodeMode;
import dev.fovea.imaging.PreprocessingContract.Orientation;
import dev.fovea.imaging.Resize;
import dev.fovea.imaging.Rounding;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.TensorFormat;
import dev.fovea.imaging.TensorFormat.ElementType;
import dev.fovea.imaging.TensorFormat.Layout;
import dev.fovea.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The contract as JSON. What is left out has one stated default (orientation exif, alpha over white, scale 1/255, mean
 * 0, std 1, layout NCHW, type float32, decode exact); colour and resize are never guessed. Every error is
 * {@code CONTRACT_INVALID} and names the field.
 */
public final class PreprocessingContractJson {

    private static final Json JSON = Json.of("The contract", ErrorCode.CONTRACT_INVALID);

    private PreprocessingContractJson() {}

    /** Reads a file. */
    public static PreprocessingContract read(Path file) {
        try {
            return read(Json.of(file.toString(), ErrorCode.CONTRACT_INVALID).parse(Files.readString(file)));
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
        JsonFields fields = new JsonFields(json, "contract", ErrorCode.CONTRACT_INVALID);
        ColorOrder color = fields.choice("color", ColorOrder.class);
        PreprocessingContract contract = new PreprocessingContract(
                fields.optionalChoice("orientation", Orientation.class).orElse(Orientation.EXIF),
                color,
                fields.has("alpha") ? alpha(fields) : Alpha.WHITE,
                resize(fields.object("resize")),
                fields.has("crop") ? Optional.of(crop(fields.object("crop"))) : Optional.empty(),
                new TensorFormat(
                        fields.has("scale") ? fields.number("scale") : 1 / 255.0,
                        fields.has("mean") ? fields.numbers("mean") : Collections.nCopies(color.channels(), 0.0),
                        fields.has("std") ? fields.numbers("std") : Collections.nCopies(color.channels(), 1.0),
                        fields.optionalChoice("layout", Layout.class).orElse(Layout.NCHW),
                        fields.optionalChoice("type", ElementType.class).orElse(ElementType.FLOAT32)),
                fields.optionalChoice("decode", DecodeMode.class).orElse(DecodeMode.EXACT));
        fields.refuseOthers();
        return contract;
    }

    /** Writes a contract so that {@link #read(String)} gives an equal one. */
    public static String write(PreprocessingContract contract) {
        return JSON.pretty(tree(contract));
    }

    /** The contract as a JSON value for another document. */
    public static ObjectNode tree(PreprocessingContract contract) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("orientation", JsonFields.word(contract.orientation()));
        node.put("color", contract.color().name());
        node.put(
                "alpha",
                switch (contract.alpha()) {
                    case Alpha.Over over -> "#%02x%02x%02x".formatted(over.red(), over.green(), over.blue());
                    case Alpha.Drop() -> "drop";
                });
        node.set("resize", tree(contract.resize()));
        contract.crop().ifPresent(crop -> tree(node.putObject("crop"), crop));
        node.put("scale", contract.tensor().scale());
        contract.tensor().mean().forEach(node.withArray("mean")::add);
        contract.tensor().std().forEach(node.withArray("std")::add);
        node.put("layout", contract.tensor().layout().name());
        node.put("type", JsonFields.word(contract.tensor().type()));
        node.put("decode", JsonFields.word(contract.decode()));
        return node;
    }

    private static void tree(ObjectNode node, Crop crop) {
        node.set("center", pair(crop.size()));
        node.put("rounding", JsonFields.word(crop.offset()));
    }

    private static ObjectNode tree(Resize resize) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        switch (resize) {
            case Resize.ShortestEdge edge -> {
                node.put("fit", "shortest-edge").putArray("size").add(edge.edge());
                node.put("rounding", JsonFields.word(edge.longEdge()));
            }
            case Resize.Stretch stretch -> node.put("fit", "stretch").set("size", pair(stretch.size()));
            case Resize.Letterbox box -> {
                node.put("fit", "letterbox").set("size", pair(box.size()));
                node.put("pad", box.pad());
                node.put("anchor", JsonFields.word(box.anchor()));
            }
        }
        node.put("filter", JsonFields.word(resize.filter()));
        node.put("engine", JsonFields.word(resize.engine()));
        return node;
    }

    private static ArrayNode pair(Size size) {
        return JsonNodeFactory.instance.arrayNode().add(size.height()).add(size.width());
    }

    private static Alpha alpha(JsonFields fields) {
        String text = fields.text("alpha");
        if (text.equals("drop")) {
            return new Alpha.Drop();
        }
        if (!text.matches("#[0-9a-fA-F]{6}")) {
            throw fields.error(
                    "contract.alpha is \"%s\"; it must be \"drop\" or a colour like \"#ffffff\"".formatted(text));
        }
        int rgb = Integer.parseInt(text.substring(1), 16);
        return new Alpha.Over(rgb >> 16, (rgb >> 8) & 255, rgb & 255);
    }

    private static Resize resize(JsonFields fields) {
        String fit = fields.text("fit");
        Resize.Filter filter = fields.choice("filter", Resize.Filter.class);
        Resize.ResizeEngine engine = fields.choice("engine", Resize.ResizeEngine.class);
        Resize resize = switch (fit) {
            case "shortest-edge" ->
                new Resize.ShortestEdge(
                        edge(fields),
                        fields.optionalChoice("rounding", Rounding.class).orElse(Rounding.DOWN),
                        filter,
                        engine);
            case "stretch" -> new Resize.Stretch(size(fields, "size"), filter, engine);
            case "letterbox" ->
                new Resize.Letterbox(
                        size(fields, "size"),
                        filter,
                        engine,
                        fields.has("pad") ? fields.integer("pad") : 114,
                        fields.optionalChoice("anchor", Resize.Anchor.class).orElse(Resize.Anchor.CENTER));
            default ->
                throw fields.error(
                        "contract.resize.fit is \"%s\"; it must be shortest-edge, stretch or letterbox".formatted(fit));
        };
        fields.refuseOthers();
        return resize;
    }

    private static Crop crop(JsonFields fields) {
        Crop crop = new Crop(
                size(fields, "center"),
                fields.optionalChoice("rounding", Rounding.class).orElse(Rounding.NEAREST));
        fields.refuseOthers();
        return crop;
    }

    private static int edge(JsonFields fields) {
        List<Integer> size = fields.integers("size");
        if (size.size() != 1) {
            throw fields.error(
                    "contract.resize.size is %s; with fit shortest-edge it is one number, as [256]".formatted(size));
        }
        return size.getFirst();
    }

    private static Size size(JsonFields fields, String name) {
        List<Integer> size = fields.integers(name);
        return switch (size.size()) {
            case 1 -> Size.square(size.getFirst());
            case 2 -> new Size(size.get(0), size.get(1));
            default -> throw fields.error("%s is %s; it must be [edge] or [height, width]".formatted(name, size));
        };
    }
}
