package dev.fovea.imaging.preprocess;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Size;
import java.util.random.RandomGenerator;

/**
 * Random changes that preserve an image's class. Works on interleaved 8-bit pixels; the same random stream gives the
 * same bytes.
 *
 * @param geometric which pixels are taken
 * @param photometric what their values become
 */
public record Augmentation(Geometric geometric, Photometric photometric) {

    /** No change at all. */
    public static final Augmentation NONE =
            new Augmentation(new Geometric(1, 1, 0, false, false), new Photometric(0, 0, 0, 0, 0, 0));

    /** For photographs and inspection images whose left and right mean the same. */
    public static final Augmentation DEFAULT =
            new Augmentation(new Geometric(0.4, 1.25, 0.05, true, false), new Photometric(0.12, 0.25, 0.3, 0.1, 4, 0));

    /**
     * One random crop, with reflections.
     *
     * @param minArea smallest share of the image that a random crop keeps, above 0 to 1; 1 keeps all
     * @param aspect largest change of proportion of that crop, 1 to 4
     * @param shift how far the crop may reach past the edge, as a share of the edge; beyond it the image is mirrored
     * @param mirror whether left and right may be exchanged
     * @param flip whether top and bottom may be exchanged
     */
    public record Geometric(double minArea, double aspect, double shift, boolean mirror, boolean flip) {
        public Geometric {
            requireShare("min area", minArea);
            require(minArea > 0, "min area", minArea, "above 0");
            require(aspect >= 1 && aspect <= 4, "aspect", aspect, "from 1 to 4");
            requireShare("shift", shift);
        }
    }

    /**
     * Changes of color, sharpness and content.
     *
     * @param brightness largest change, as a share of the full range
     * @param contrast largest relative change
     * @param saturation largest relative change; ignored for gray images
     * @param blur probability of a light blur (3×3 box)
     * @param noise largest standard deviation of added noise, in gray values of 0 to 255
     * @param cutout largest edge of a random patch that is painted gray, as a share of the edge; 0 for none
     */
    public record Photometric(
            double brightness, double contrast, double saturation, double blur, double noise, double cutout) {
        public Photometric {
            requireShare("brightness", brightness);
            requireShare("contrast", contrast);
            requireShare("saturation", saturation);
            requireShare("blur", blur);
            require(noise >= 0 && noise <= 255, "noise", noise, "from 0 to 255");
            requireShare("cutout", cutout);
        }
    }

    /** The settings by name, as {@code min_area=0.4, aspect=1.25, …}, for the lineage of a version. */
    public String describe() {
        return "min_area=%s, aspect=%s, shift=%s, mirror=%s, flip=%s, brightness=%s, contrast=%s, saturation=%s, blur=%s, noise=%s, cutout=%s"
                .formatted(
                        geometric.minArea,
                        geometric.aspect,
                        geometric.shift,
                        geometric.mirror,
                        geometric.flip,
                        photometric.brightness,
                        photometric.contrast,
                        photometric.saturation,
                        photometric.blur,
                        photometric.noise,
                        photometric.cutout);
    }

    private static void requireShare(String name, double value) {
        require(value >= 0 && value <= 1, name, value, "from 0 to 1");
    }

    private static void require(boolean valid, String name, double value, String range) {
        if (!valid) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The augmentation's %s is %s; it must be %s.".formatted(name, value, range));
        }
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
