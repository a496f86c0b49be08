package dev.fovea.imaging;

/**
 * A centred crop.
 *
 * @param size what is cut out
 * @param offset how half a pixel of border is settled: torchvision rounds to nearest, others round down
 */
public record Crop(Size size, Rounding offset) {

    /** As torchvision cuts. */
    public static Crop centred(Size size) {
        return new Crop(size, Rounding.NEAREST);
    }

    /** Where the crop begins along an axis of {@code whole} pixels. */
    public int start(int whole, int length) {
        return offset.of((whole - length) / 2.0);
    }
}
