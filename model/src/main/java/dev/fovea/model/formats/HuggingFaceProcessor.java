package dev.fovea.model.formats;

import dev.fovea.imaging.Crop;
import dev.fovea.imaging.Resize;
import dev.fovea.imaging.Rounding;
import dev.fovea.imaging.Size;
import dev.fovea.model.formats.CarriedJson.Inexpressible;
import dev.fovea.model.formats.ImageInput.Steps;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The {@code preprocessor_config.json} that transformers writes. Only processors whose own rules are known here are
 * read. Sources: {@code image_transforms.py} ({@code get_resize_output_image_size} rounds the longer edge down,
 * {@code center_crop} rounds its border down; the fast processors cut as torchvision does) and
 * {@code models/convnext/image_processing_convnext.py} of transformers.
 */
final class HuggingFaceProcessor {

    /** Processors that are described by their fields alone. */
    private static final Set<String> PLAIN = Set.of(
            "ViT",
            "DeiT",
            "Beit",
            "CLIP",
            "ChineseCLIP",
            "Siglip",
            "MobileNetV1",
            "MobileNetV2",
            "Bit",
            "Segformer",
            "RTDetr",
            "Detr",
            "DeformableDetr",
            "ConditionalDetr",
            "Yolos");

    /** Of those, the ones that read one number as the edges of a square; the others take it for the shorter edge. */
    private static final Set<String> SQUARE = Set.of("ViT", "DeiT", "Beit", "Siglip", "Segformer", "RTDetr");

    /** An image for ConvNeXT at least as large is stretched, not cut. */
    private static final int CONVNEXT_WHOLE = 384;

    private final JsonFields fields;
    private final String kind;
    private final boolean fast;

    private HuggingFaceProcessor(JsonFields fields) {
        this.fields = fields;
        String type = fields.has("image_processor_type")
                ? fields.text("image_processor_type")
                : fields.has("feature_extractor_type") ? fields.text("feature_extractor_type") : "";
        this.kind = type.replaceFirst("(ImageProcessor(Fast)?|FeatureExtractor)$", "");
        this.fast = type.endsWith("Fast");
    }

    static CarriedContract contract(JsonFields fields, String source, ImageInput input) {
        return CarriedJson.contract(source, input, () -> new HuggingFaceProcessor(fields).steps());
    }

    private Steps steps() {
        if (!PLAIN.contains(kind) && !kind.equals("ConvNext")) {
            throw new Inexpressible(
                    kind.isEmpty()
                            ? "does not state its image_processor_type"
                            : "is for the image processor %s, whose rules are not known here".formatted(kind));
        }
        require(flag("do_resize", true), "has do_resize false, so that each image keeps its own shape");
        require(!fields.has("pad_size"), "pads images to pad_size, which is not read");
        require(fields.has("size") && fields.has("resample"), "does not state size and resample");
        Resize.Filter filter = filter(fields.integer("resample"));
        boolean normalized = flag("do_normalize", true);
        require(
                !normalized || (fields.has("image_mean") && fields.has("image_std")),
                "does not state image_mean and image_std");
        double scale = fields.has("rescale_factor") ? fields.number("rescale_factor") : 1 / 255.0;
        Shape shape = kind.equals("ConvNext") ? convNext(filter) : plain(filter);
        return new Steps(
                shape.resize(),
                shape.crop(),
                flag("do_rescale", true) ? scale : 1,
                normalized ? fields.numbers("image_mean") : List.of(0.0, 0.0, 0.0),
                normalized ? fields.numbers("image_std") : List.of(1.0, 1.0, 1.0));
    }

    private record Shape(Resize resize, Optional<Crop> crop) {}

    private Shape plain(Resize.Filter filter) {
        Optional<Crop> crop =
                crops() ? Optional.of(new Crop(cropSize(), fast ? Rounding.NEAREST : Rounding.DOWN)) : Optional.empty();
        if (fields.node("size").isNumber()) {
            int edge = fields.integer("size");
            return SQUARE.contains(kind) ? stretched(Size.square(edge), filter, crop) : shortest(edge, filter, crop);
        }
        JsonFields size = fields.object("size");
        require(!size.has("longest_edge"), "keeps the longer edge below a limit, so that images get different shapes");
        if (size.has("height") && size.has("width")) {
            return stretched(new Size(size.integer("height"), size.integer("width")), filter, crop);
        }
        require(size.has("shortest_edge"), "has a size without height and width or shortest_edge");
        return shortest(size.integer("shortest_edge"), filter, crop);
    }

    private boolean crops() {
        boolean never = Set.of("ViT", "Siglip", "Segformer", "RTDetr").contains(kind);
        require(
                never || kind.endsWith("etr") || kind.equals("Yolos") || fields.has("do_center_crop"),
                "does not state do_center_crop");
        return fields.has("do_center_crop") && fields.flag("do_center_crop");
    }

    private Shape convNext(Resize.Filter filter) {
        int edge = fields.node("size").isNumber()
                ? fields.integer("size")
                : fields.object("size").integer("shortest_edge");
        if (edge >= CONVNEXT_WHOLE) {
            return stretched(Size.square(edge), filter, Optional.empty());
        }
        double share = fields.has("crop_pct") ? fields.number("crop_pct") : 224 / 256.0;
        require(share > 0 && share <= 1, "has crop_pct %s, which is no share".formatted(share));
        Crop crop = new Crop(Size.square(edge), fast ? Rounding.NEAREST : Rounding.DOWN);
        return shortest((int) (edge / share), filter, Optional.of(crop));
    }

    private Shape stretched(Size size, Resize.Filter filter, Optional<Crop> crop) {
        return new Shape(new Resize.Stretch(size, filter, engine()), crop);
    }

    private Shape shortest(int edge, Resize.Filter filter, Optional<Crop> crop) {
        require(crop.isPresent(), "resizes the shorter edge and does not crop, so that images get different shapes");
        return new Shape(new Resize.ShortestEdge(edge, Rounding.DOWN, filter, engine()), crop);
    }

    /** Slow processors call Pillow; fast ones PyTorch's resize, which is horizontal first as Pillow was before 13. */
    private Resize.ResizeEngine engine() {
        return fast ? Resize.ResizeEngine.PILLOW : Resize.ResizeEngine.PILLOW_13;
    }

    private Size cropSize() {
        require(fields.has("crop_size"), "does not state crop_size");
        if (fields.node("crop_size").isNumber()) {
            return Size.square(fields.integer("crop_size"));
        }
        JsonFields size = fields.object("crop_size");
        return new Size(size.integer("height"), size.integer("width"));
    }

    private boolean flag(String name, boolean otherwise) {
        return fields.has(name) ? fields.flag(name) : otherwise;
    }

    /** Pillow's numbers: {@code PIL.Image.Resampling}. */
    private static Resize.Filter filter(int resample) {
        return switch (resample) {
            case 0 -> Resize.Filter.NEAREST;
            case 1 -> Resize.Filter.LANCZOS;
            case 2 -> Resize.Filter.BILINEAR;
            case 3 -> Resize.Filter.BICUBIC;
            case 4 -> Resize.Filter.AREA;
            default -> throw new Inexpressible("has resample %d, which is not read".formatted(resample));
        };
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new Inexpressible(otherwise);
        }
    }
}
