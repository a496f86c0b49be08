package dev.fovea.model;

import dev.fovea.imaging.Contract;
import dev.fovea.imaging.Contract.Alpha;
import dev.fovea.imaging.Contract.ColorOrder;
import dev.fovea.imaging.Contract.DecodeMode;
import dev.fovea.imaging.Contract.ElementType;
import dev.fovea.imaging.Contract.Layout;
import dev.fovea.imaging.Contract.Orientation;
import dev.fovea.imaging.Resize;
import dev.fovea.imaging.Size;
import java.util.List;
import java.util.Optional;

/**
 * Tells a contract from what a file carries. Ultralytics' detectors see a letterbox in the middle of grey 114, resized
 * by OpenCV bilinearly, red-green-blue in 0 to 1 (source: {@code LetterBox} in {@code ultralytics/data/augment.py} and
 * {@code BasePredictor.preprocess}). Anything else must be given: the answer is then empty.
 */
public final class ContractRecognition {

    private static final int GREY = 114;

    private ContractRecognition() {}

    /** The contract of an Ultralytics detector whose input has a fixed size. */
    public static Optional<Contract> of(OnnxModel model) {
        boolean detector = UltralyticsMetadata.of(model.metadata())
                .filter(metadata -> metadata.task()
                        .map(task -> task.equals("detect") || task.equals("segment"))
                        .orElse(true))
                .isPresent();
        List<TensorSpec> inputs = model.inputs();
        if (!detector || inputs.size() != 1 || inputs.getFirst().axes().size() != 4) {
            return Optional.empty();
        }
        TensorSpec input = inputs.getFirst();
        return type(input).flatMap(type -> size(input).map(size -> contract(size, type)));
    }

    private static Optional<ElementType> type(TensorSpec input) {
        return switch (input.type()) {
            case "float" -> Optional.of(ElementType.FLOAT32);
            case "float16" -> Optional.of(ElementType.FLOAT16);
            default -> Optional.empty();
        };
    }

    private static Optional<Size> size(TensorSpec input) {
        Optional<Integer> height = length(input, 2);
        Optional<Integer> width = length(input, 3);
        boolean colour = input.axes().get(1).fixed().equals(Optional.of(3L));
        return colour ? height.flatMap(h -> width.map(w -> new Size(h, w))) : Optional.empty();
    }

    private static Optional<Integer> length(TensorSpec input, int axis) {
        return input.axes()
                .get(axis)
                .fixed()
                .filter(length -> length > 0 && length <= Size.MAX_EDGE)
                .map(Math::toIntExact);
    }

    private static Contract contract(Size size, ElementType type) {
        return new Contract(
                Orientation.EXIF,
                ColorOrder.RGB,
                new Alpha.Drop(),
                new Resize.Letterbox(size, Resize.Filter.BILINEAR, Resize.Engine.OPENCV, GREY, Resize.Anchor.CENTER),
                Optional.empty(),
                1 / 255.0,
                List.of(0.0, 0.0, 0.0),
                List.of(1.0, 1.0, 1.0),
                Layout.NCHW,
                type,
                DecodeMode.EXACT);
    }
}
