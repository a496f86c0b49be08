package dev.fovea.imaging.quality;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.metadata.ImageTags;
import dev.fovea.imaging.metadata.JpegQuality;
import java.util.OptionalInt;

/**
 * What was measured of the image of a request while it was decoded for a model. The pixels are those that the decoder
 * gave for the model's contract, so that a JPEG of a contract with {@code decode: fast} is measured at the fraction of
 * its size at which it was decoded, and they are a sample of bounded size. Measures of one contract may be compared;
 * those of two contracts only in {@code file}.
 *
 * @param tones brightness, contrast, clipped shares
 * @param colors colourfulness and saturation
 * @param detail sharpness, noise and blockiness
 * @param file format, size, JPEG quality, camera
 */
public record InputMeasures(InputTones tones, InputColors colors, InputDetail detail, InputFile file) {

    private static final int FIRST_TURNED = 5;

    /**
     * Measures an image.
     *
     * @param image as it was decoded for the contract; stays open
     * @param file the image's file
     * @param header of the file
     */
    public static InputMeasures of(Image image, byte[] file, ImageHeader header, PreprocessingContract contract) {
        SampledPixels pixels = new SampledPixels(image, contract.alpha());
        PointSample points = PointSample.of(pixels);
        return new InputMeasures(
                points.tones(),
                pixels.isGray() ? InputColors.GRAY : points.colors(),
                PatchSample.of(pixels),
                file(file, header, contract));
    }

    private static InputFile file(byte[] file, ImageHeader header, PreprocessingContract contract) {
        boolean turned = contract.orientation() == PreprocessingContract.Orientation.EXIF
                && header.orientation() >= FIRST_TURNED;
        return new InputFile(
                header.format(),
                turned ? header.height() : header.width(),
                turned ? header.width() : header.height(),
                file.length,
                header.format() == ImageFormat.JPEG ? JpegQuality.of(file) : OptionalInt.empty(),
                ImageTags.camera(file));
    }
}
