package dev.fovea.imaging;

/** Statistics of an image that ignore position. */
public final class PixelCounts {

    /** Three means, three deviations, and the parts of dark, light and relatively dark pixels. */
    public static final int SIZE = 9;

    private PixelCounts() {}

    public static double[] of(Image image) {
        byte[] rgb = image.toRgbOrGray();
        double[] features = new double[SIZE];
        int pixels = rgb.length / 3;
        for (int at = 0; at < rgb.length; at++) {
            double value = (rgb[at] & 255) / 255.0;
            features[at % 3] += value / pixels;
            features[3 + at % 3] += value * value / pixels;
        }
        double mean = (features[0] + features[1] + features[2]) / 3;
        for (int at = 0; at < rgb.length; at += 3) {
            double gray = ((rgb[at] & 255) + (rgb[at + 1] & 255) + (rgb[at + 2] & 255)) / 765.0;
            features[6] += gray < 0.1 ? 10.0 / pixels : 0;
            features[7] += gray > 0.8 ? 10.0 / pixels : 0;
            features[8] += gray < 0.5 * mean ? 10.0 / pixels : 0;
        }
        for (int channel = 0; channel < 3; channel++) {
            features[3 + channel] =
                    Math.sqrt(Math.max(0, features[3 + channel] - features[channel] * features[channel]));
        }
        return features;
    }
}
