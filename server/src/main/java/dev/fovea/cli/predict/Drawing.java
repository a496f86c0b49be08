package dev.fovea.cli.predict;

import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.ImageWriter;
import dev.fovea.imaging.PreprocessingContract.Orientation;
import dev.fovea.imaging.drawing.Annotation;
import dev.fovea.runtime.decoding.PredictionResult;
import java.nio.file.Path;

/** Copies of images with what a model found drawn on them, at full size. */
final class Drawing {

    private static final int QUALITY = 92;

    private final OwnTargets targets;
    private final Orientation orientation;
    private final Decoder decoder = new Decoder(ImageLimits.DEFAULT);
    private final Annotation annotation = new Annotation();
    private final ImageWriter writer = new ImageWriter();

    /** The orientation is the contract's, for answers are in the pixels of the image as the model was shown it. */
    Drawing(OwnTargets targets, Orientation orientation) {
        this.targets = targets;
        this.orientation = orientation;
    }

    /** Writes the copy and says where; the errors of {@link Decoder#decode(byte[], Orientation)}. */
    Path draw(Path path, byte[] bytes, PredictionResult result) {
        try (Image image = decoder.decode(bytes, orientation);
                Image drawn = annotation.draw(image, ImageMarks.of(result, ImageSize.of(image)))) {
            return targets.write(path, writer.jpeg(drawn, QUALITY));
        }
    }
}
