package dev.fovea.imaging.preprocess;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Size;
import java.util.random.RandomGenerator;

/**
 * Random changes that preserve an image's class. Works on interleaved 8-bit pixels; the same random stream gives the
 * same bytes.
 *
 * @param minArea smallest share of the image that a random crop keeps, 0 to 1; 1 keeps all
 * @param aspect largest change of proportion of that crop, 1 or more
 * @param shift how far the crop may reach past the edge, as a share of the edge; beyond it the image is mirrored
 * @param mirror whether left and right may be exchanged
 * @param flip whether top and bottom may be exchanged
 * @param brightness largest change, as a share of the full range
 * @param contrast largest relative change
 * @param saturation largest relative change; ignored for grey images
 * @param blur probability of a light blur (3×3 box)
 * @param noise largest standard deviation of added noise, in grey values of 0 to 255
 * @param cutout largest edge of a random patch that is painted grey, as a share of the edge; 0 for none
 */
public record Augmentation(
        double minArea,
        double aspect,
        double shift,
        boolean mirror,
        boolean flip,
        double brightness,
        double contrast,
        double saturation,
        double blur,
        double noise,
        double cutout) {

    /** No change at all. */
    public static final Augmentation NONE = new Augmentation(1, 1, 0, false, false, 0, 0, 0, 0, 0, 0);

    /** For photographs and inspection images whose left and right mean the same. */
    public static final Augmentation DEFAULT =
            new Augmentation(0.4, 1.25, 0.05, true, false, 0.12, 0.25, 0.3, 0.1, 4, 0);

    public Augmentation {
        boolean shares = inUnit(minArea) && minArea > 0 && inUnit(shift) && inUnit(brightness) && inUnit(contrast);
        shares &= inUnit(saturation) && inUnit(blur) && inUnit(cutout) && inUnit(noise / 255);
        if (!shares || !(aspect >= 1 && aspect <= 4)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The augmentation (min area %s, aspect %s, shift %s, brightness %s, contrast %s, saturation %s, blur %s, noise %s, cutout %s) has a value outside its range; shares lie in 0..1, aspect in 1..4, noise in 0..255."
                            .formatted(minArea, aspect, shift, brightness, contrast, saturation, blur, noise, cutout));
        }
    }

    /** The settings by name, as {@code min_area=0.4, aspect=1.25, …}, for the lineage of a version. */
    public String describe() {
        return "min_area=%s, aspect=%s, shift=%s, mirror=%s, flip=%s, brightness=%s, contrast=%s, saturation=%s, blur=%s, noise=%s, cutout=%s"
                .formatted(minArea, aspect, shift, mirror, flip, brightness, contrast, saturation, blur, noise, cutout);
    }

    private static boolean inUnit(double value) {
        return value >= 0 && value <= 1;
    }

    /**
     * Writes a changed image, of the same size or smaller.
     *
     * @param source interleaved pixels, row by row, {@code height · width · channels} bytes; not changed
     * @param from size of the source
     * @param target takes the pixels from {@code offset} on
     * @param to size of what is written
     * @param channels 3 (red, green, blue) or 1
     */
    public void apply(
            byte[] source, Size from, byte[] target, int offset, Size to, int channels, RandomGenerator random) {
        new AugmentationPass(this, from, to, channels, random).run(source, target, offset);
    }
}
