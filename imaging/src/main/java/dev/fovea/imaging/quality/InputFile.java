package dev.fovea.imaging.quality;

import dev.fovea.imaging.ImageFormat;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the file of a request's image is.
 *
 * @param format detected from the first bytes
 * @param width in pixels of the whole image, turned as the model sees it
 * @param height in pixels of the whole image, turned as the model sees it
 * @param bytes size of the file
 * @param jpegQuality 1 to 100, of the quantization table; empty for other formats
 * @param camera make and model, as EXIF states them
 */
public record InputFile(
        ImageFormat format, int width, int height, int bytes, OptionalInt jpegQuality, Optional<String> camera) {

    /** Width divided by height. */
    public double aspect() {
        return width / (double) height;
    }
}
