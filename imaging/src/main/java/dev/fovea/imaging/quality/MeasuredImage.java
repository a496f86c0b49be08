package dev.fovea.imaging.quality;

import dev.fovea.imaging.Image;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * What is found in an image's pixels when it comes into a data set, from one grey copy.
 *
 * @param measures size, sharpness, levels and so on
 * @param hash empty for an image without structure
 */
public record MeasuredImage(ImageMeasures measures, Optional<PerceptualHash> hash) {

    /** Measures an image, which stays open. */
    public static MeasuredImage of(Image image) {
        try (Mat gray = GrayLevels.shrunk(image)) {
            ImageMeasures measures = ImageMeasures.of(image, GrayLevels.of(gray));
            return new MeasuredImage(
                    measures,
                    PerceptualHash.ofStructured(gray, measures.quality().contrast()));
        }
    }

    /** What is out of bounds, in the order of the flags. */
    public List<QualityFlag> flags() {
        return Stream.of(QualityFlag.values())
                .filter(flag -> flag.applies(measures))
                .toList();
    }
}
