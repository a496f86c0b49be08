package dev.fovea.model.outputs;

import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.formats.ImageInput;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.TensorSpec;
import dev.fovea.model.graph.TensorSpec.Axis;
import java.util.List;
import java.util.Optional;

/**
 * Recognizes a map of pixels from the file alone: integers with a height and a width, or as many scores as labels, or a
 * mask, of the input's own size. What could be something else is not recognised.
 */
public final class MapRecognition {

    private MapRecognition() {}

    /**
     * The map that an output shows.
     *
     * @param output its name; empty where the model has only one
     * @param labels the label count; 0 where unknown
     */
    public static Optional<DecoderConfig> of(OnnxModel model, Optional<String> output, int labels) {
        List<TensorSpec> candidates = model.outputs().stream()
                .filter(spec -> output.map(spec.name()::equals).orElse(true))
                .toList();
        if (candidates.size() != 1 || labels == 0) {
            return Optional.empty();
        }
        TensorSpec spec = candidates.getFirst();
        boolean found = isIndexMap(spec) || isSizedMap(spec, model, labels);
        return found ? Optional.of(new DecoderConfig.SemanticMap(spec.name())) : Optional.empty();
    }

    private static boolean isIndexMap(TensorSpec spec) {
        List<Axis> axes = spec.axes();
        boolean integers = spec.type().matches("u?int(8|16|32|64)|bool");
        boolean plane = axes.size() == 3 || (axes.size() == 4 && (length(spec, 1) == 1 || length(spec, 3) == 1));
        int first = axes.size() == 4 && length(spec, 1) == 1 ? 2 : 1;
        return integers && plane && length(spec, first) > 1 && length(spec, first + 1) > 1;
    }

    /** As large as the input, so that it is no grid of cells of a detector. */
    private static boolean isSizedMap(OnnxModel model, TensorSpec spec, long channels, boolean last) {
        return ImageInput.of(model)
                .flatMap(ImageInput::size)
                .filter(size -> length(spec, last ? 1 : 2) == size.height())
                .filter(size -> length(spec, last ? 2 : 3) == size.width())
                .filter(size -> length(spec, last ? 3 : 1) == channels)
                .isPresent();
    }

    private static boolean isSizedMap(TensorSpec spec, OnnxModel model, int labels) {
        if (spec.axes().size() != 4) {
            return false;
        }
        long channels = labels == 1 ? 1 : labels;
        boolean mask = labels == 2 && (isSizedMap(model, spec, 1, false) || isSizedMap(model, spec, 1, true));
        return mask || isSizedMap(model, spec, channels, false) || isSizedMap(model, spec, channels, true);
    }

    private static long length(TensorSpec spec, int axis) {
        return axis < spec.axes().size() ? spec.axes().get(axis).fixed().orElse(-1L) : -1;
    }
}
