package dev.fovea.model.formats;

import dev.fovea.imaging.Crop;
import dev.fovea.imaging.Resize;
import dev.fovea.imaging.Size;
import dev.fovea.model.formats.CarriedJson.Inexpressible;
import dev.fovea.model.formats.ImageInput.Steps;
import java.util.List;
import java.util.Optional;

/**
 * The {@code config.json} that timm writes, in particular its {@code pretrained_cfg}. Source of the arithmetic:
 * {@code transforms_imagenet_eval} in {@code timm/data/transforms_factory.py}: the shorter edge becomes
 * {@code floor(size / crop_pct)} by Pillow, and the centre is cut out as torchvision does; with crop mode
 * {@code squash} both edges become that long.
 */
final class TimmConfig {

    /**
     * What timm takes where a configuration states none: {@code DEFAULT_CROP_PCT} in {@code timm/data/constants.py}.
     */
    private static final double CROP_SHARE = 0.875;

    private TimmConfig() {}

    /** Whether the text is one of timm's. */
    static boolean isOne(JsonFields config) {
        return config.has("pretrained_cfg");
    }

    static CarriedContract contract(JsonFields config, String source, ImageInput input) {
        return CarriedJson.contract(source, input, () -> steps(config.object("pretrained_cfg")));
    }

    /** The names of the classes, where the configuration has them. */
    static Optional<CarriedLabels> labels(JsonFields config, String source) {
        if (config.has("label_names")) {
            return labelled(config, source);
        }
        JsonFields inner = config.object("pretrained_cfg");
        return inner.has("label_names") ? labelled(inner, source) : Optional.empty();
    }

    private static Optional<CarriedLabels> labelled(JsonFields fields, String source) {
        List<String> names = fields.texts("label_names");
        return names.isEmpty() ? Optional.empty() : Optional.of(new CarriedLabels(source, names));
    }

    private static Steps steps(JsonFields config) {
        for (String needed : List.of("input_size", "interpolation", "mean", "std")) {
            if (!config.has(needed)) {
                throw new Inexpressible("does not state %s".formatted(needed));
            }
        }
        List<Integer> input = config.integers("input_size");
        if (input.size() != 3 || input.getFirst() != 3) {
            throw new Inexpressible("has input_size %s and not that of a colour image".formatted(input));
        }
        Size size = new Size(input.get(1), input.get(2));
        double share = config.has("crop_pct") ? config.number("crop_pct") : CROP_SHARE;
        if (!(share > 0 && share <= 1)) {
            throw new Inexpressible("has crop_pct %s, which is no share".formatted(share));
        }
        return new Steps(
                resize(config, size, share),
                Optional.of(Crop.centred(size)),
                1 / 255.0,
                config.numbers("mean"),
                config.numbers("std"));
    }

    private static Resize resize(JsonFields config, Size size, double share) {
        Resize.Filter filter = filter(config.text("interpolation"));
        int height = (int) Math.floor(size.height() / share);
        int width = (int) Math.floor(size.width() / share);
        String mode = config.has("crop_mode") ? config.text("crop_mode") : "center";
        return switch (mode) {
            case "center" -> {
                if (height != width) {
                    throw new Inexpressible(
                            "crops %s pixels in mode center, which is read for squares only".formatted(size));
                }
                yield new Resize.ShortestEdge(height, filter, Resize.ResizeEngine.PILLOW_13);
            }
            case "squash" -> new Resize.Stretch(new Size(height, width), filter, Resize.ResizeEngine.PILLOW_13);
            default -> throw new Inexpressible("has crop_mode %s, which is not read".formatted(mode));
        };
    }

    private static Resize.Filter filter(String name) {
        return switch (name) {
            case "nearest" -> Resize.Filter.NEAREST;
            case "bilinear" -> Resize.Filter.BILINEAR;
            case "bicubic" -> Resize.Filter.BICUBIC;
            case "lanczos" -> Resize.Filter.LANCZOS;
            case "box" -> Resize.Filter.AREA;
            default -> throw new Inexpressible("has interpolation %s, which is not read".formatted(name));
        };
    }
}
