package dev.fovea.model.formats;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Crop;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.PreprocessingContract.Alpha;
import dev.fovea.imaging.PreprocessingContract.ColorOrder;
import dev.fovea.imaging.PreprocessingContract.DecodeMode;
import dev.fovea.imaging.PreprocessingContract.Orientation;
import dev.fovea.imaging.Resize;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.TensorFormat;
import dev.fovea.imaging.TensorFormat.ElementType;
import dev.fovea.imaging.TensorFormat.Layout;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.TensorSpec;
import java.util.List;
import java.util.Optional;

/**
 * A network's only input as far as it takes a batch of colour images of 16 or 32-bit numbers.
 *
 * @param spec as in the graph
 * @param layout by which axis has three channels
 * @param type of one element
 * @param height pixels; empty where the graph leaves it open
 * @param width likewise
 */
public record ImageInput(
        TensorSpec spec, Layout layout, ElementType type, Optional<Long> height, Optional<Long> width) {

    /** A network's preprocessing without layout and type, which the graph determines. */
    record Steps(Resize resize, Optional<Crop> crop, double scale, List<Double> mean, List<Double> std) {}

    /** Empty when the graph has another kind of input, or leaves open which axis is which. */
    public static Optional<ImageInput> of(OnnxModel model) {
        List<TensorSpec> inputs = model.inputs();
        if (inputs.size() != 1 || inputs.getFirst().axes().size() != 4) {
            return Optional.empty();
        }
        TensorSpec spec = inputs.getFirst();
        boolean first = colour(spec, 1);
        boolean last = colour(spec, 3);
        if (first == last) {
            return Optional.empty();
        }
        Layout layout = first ? Layout.NCHW : Layout.NHWC;
        int rows = first ? 2 : 1;
        return type(spec).map(type -> new ImageInput(spec, layout, type, length(spec, rows), length(spec, rows + 1)));
    }

    /** The contract of those steps for this input. {@code CONTRACT_MISMATCH} with both sizes where they differ. */
    PreprocessingContract contract(String source, Steps steps) {
        PreprocessingContract contract = new PreprocessingContract(
                Orientation.EXIF,
                ColorOrder.RGB,
                new Alpha.Drop(),
                steps.resize(),
                steps.crop(),
                new TensorFormat(steps.scale(), steps.mean(), steps.std(), layout, type),
                DecodeMode.EXACT);
        Size size = contract.outputSize();
        if (height.filter(fixed -> fixed != size.height()).isPresent()
                || width.filter(fixed -> fixed != size.width()).isPresent()) {
            throw new FoveaException(
                    ErrorCode.CONTRACT_MISMATCH,
                    "%s makes images of %d×%d pixels but the model's input is %s. Give the right contract with --contract."
                            .formatted(source, size.width(), size.height(), spec));
        }
        return contract;
    }

    /** The graph's own size, where it is fixed. */
    public Optional<Size> size() {
        return height.flatMap(h -> width.flatMap(w -> size(h, w)));
    }

    private static Optional<Size> size(long height, long width) {
        return height > 0 && width > 0 && height <= Size.MAX_EDGE && width <= Size.MAX_EDGE
                ? Optional.of(new Size((int) height, (int) width))
                : Optional.empty();
    }

    private static boolean colour(TensorSpec spec, int axis) {
        return length(spec, axis).equals(Optional.of(3L));
    }

    private static Optional<Long> length(TensorSpec spec, int axis) {
        return spec.axes().get(axis).fixed();
    }

    private static Optional<ElementType> type(TensorSpec spec) {
        return switch (spec.type()) {
            case "float" -> Optional.of(ElementType.FLOAT32);
            case "float16" -> Optional.of(ElementType.FLOAT16);
            default -> Optional.empty();
        };
    }
}
