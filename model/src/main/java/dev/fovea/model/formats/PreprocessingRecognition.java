package dev.fovea.model.formats;

import dev.fovea.imaging.Crop;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.Resize;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.TensorFormat.Layout;
import dev.fovea.model.graph.OnnxModel;
import java.util.List;
import java.util.Optional;

/**
 * Recognizes a contract from a file's metadata. Ultralytics' detectors see a letterbox in the middle of grey 114,
 * resized by OpenCV bilinearly, red-green-blue in 0 to 1 (source: {@code LetterBox} in
 * {@code ultralytics/data/augment.py} and {@code BasePredictor.preprocess}); its classifiers the centre of an image
 * whose shorter edge Pillow resized bilinearly, not normalised further (source: {@code classify_transforms} there, with
 * its defaults mean 0, deviation 1 and crop fraction 1). Anything else must be configured: the result is then empty.
 */
public final class PreprocessingRecognition {

    private static final int GREY = 114;
    private static final String SOURCE = "the file's metadata";

    private PreprocessingRecognition() {}

    /**
     * The contract of an Ultralytics detector or classifier. The size is the graph's, and where that is open the one it
     * was exported for; {@code CONTRACT_MISMATCH} where both are stated and differ.
     */
    public static Optional<PreprocessingContract> of(OnnxModel model) {
        Optional<UltralyticsMetadata> metadata = UltralyticsMetadata.of(model.metadata());
        Optional<ImageInput> input = ImageInput.of(model).filter(known -> known.layout() == Layout.NCHW);
        if (metadata.isEmpty() || input.isEmpty()) {
            return Optional.empty();
        }
        Optional<Size> size = metadata.get().size().or(input.get()::size);
        return size.flatMap(known -> steps(metadata.get(), model, known))
                .map(steps -> input.get().contract(SOURCE, steps));
    }

    private static Optional<ImageInput.Steps> steps(UltralyticsMetadata metadata, OnnxModel model, Size size) {
        // YOLOv5 states no task; its classifiers are normalised otherwise, and only detectors have three axes
        boolean threeAxes =
                !model.outputs().isEmpty() && model.outputs().getFirst().axes().size() == 3;
        String task = metadata.task().orElse(threeAxes ? "detect" : "unknown");
        return switch (task) {
            case "detect", "segment" -> Optional.of(steps(letterbox(size), Optional.empty()));
            case "classify" ->
                size.height() == size.width()
                        ? Optional.of(steps(shortestEdge(size), Optional.of(Crop.centred(size))))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Resize letterbox(Size size) {
        return new Resize.Letterbox(
                size, Resize.Filter.BILINEAR, Resize.ResizeEngine.OPENCV, GREY, Resize.Anchor.CENTER);
    }

    private static Resize shortestEdge(Size size) {
        return new Resize.ShortestEdge(size.height(), Resize.Filter.BILINEAR, Resize.ResizeEngine.PILLOW_13);
    }

    private static ImageInput.Steps steps(Resize resize, Optional<Crop> crop) {
        return new ImageInput.Steps(resize, crop, 1 / 255.0, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
    }
}
