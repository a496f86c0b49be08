package dev.fovea.imaging.codec;

/**
 * Colour spaces to blue, green, red, with the arithmetic of libjpeg, libtiff and Pillow. Inputs are 0 to 255; outputs
 * are written as bytes at {@code at}.
 */
public final class Colors {

    private Colors() {}

    /** Ink to light, as Pillow's {@code convert("RGB")}: {@code (255 − k) − c·(255 − k) / 255}, rounded. */
    public static void cmyk(int c, int m, int y, int k, byte[] out, int at) {
        int light = 255 - k;
        out[at] = (byte) (light - scaled(y, light));
        out[at + 1] = (byte) (light - scaled(m, light));
        out[at + 2] = (byte) (light - scaled(c, light));
    }

    /** {@code a · b / 255}, rounded exactly. */
    static int scaled(int a, int b) {
        int product = a * b + 128;
        return ((product >> 8) + product) >> 8;
    }

    /**
     * CIE 1976 L*a*b* under D50 to sRGB (CIE 15; ICC.1 for D50; IEC 61966-2-1 with the primaries adapted to D50 after
     * Bradford).
     *
     * @param lightness 0 to 255 for 0 to 100
     * @param a −128 to 127
     * @param b −128 to 127
     */
    public static void lab(int lightness, int a, int b, byte[] out, int at) {
        double fy = (lightness * 100 / 255.0 + 16) / 116;
        double x = 0.9642 * cube(fy + a / 500.0);
        double y = cube(fy);
        double z = 0.8249 * cube(fy - b / 200.0);
        out[at] = gamma(0.0719453 * x - 0.2289914 * y + 1.4052427 * z);
        out[at + 1] = gamma(-0.9787684 * x + 1.9161415 * y + 0.0334540 * z);
        out[at + 2] = gamma(3.1338561 * x - 1.6168667 * y - 0.4906146 * z);
    }

    private static double cube(double f) {
        return f > 6.0 / 29 ? f * f * f : 3 * (6.0 / 29) * (6.0 / 29) * (f - 4.0 / 29);
    }

    private static byte gamma(double linear) {
        double value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
        return clamped(value * 255);
    }

    /** Rounded and clamped to 0..255. */
    public static byte clamped(double value) {
        return (byte) Math.clamp(Math.round(value), 0, 255);
    }

    /** A colour that was multiplied by alpha, undone as Pillow does: the quotient cut off, black where alpha is 0. */
    public static byte straight(int multiplied, int alpha) {
        return (byte) (alpha == 0 ? 0 : Math.min(255, multiplied * 255 / alpha));
    }
}
