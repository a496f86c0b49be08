package dev.fovea.imaging.quality;

/**
 * Bands of one colour along the edges of an image: letterbox bars, frames, and the bars of a screenshot. A band's lines
 * are almost of one grey level, and it ends abruptly along a straight line. A plain background behind a thing does not
 * end so and is no band.
 *
 * @param top height as a share of the image's height
 * @param bottom height as a share of the image's height
 * @param left width as a share of the image's width
 * @param right width as a share of the image's width
 */
public record Borders(double top, double bottom, double left, double right) {

    /** Share of a line's pixels that are of its most frequent level; text on a bar may cover the rest. */
    private static final double UNIFORM = 0.7;
    /** Share of the first line after a band that may still be of the band's level. */
    private static final double ABRUPT = 0.35;
    /** Levels within this distance are the same: a JPEG rings near an edge. */
    private static final int SAME = 3;

    private static final double THINNEST = 0.015;
    private static final double THICKEST = 0.45;

    /** No bands. */
    public static final Borders NONE = new Borders(0, 0, 0, 0);

    /** The bands of a grey image. */
    static Borders of(GrayLevels image) {
        byte[] gray = image.levels();
        int width = image.width();
        int height = image.height();
        Lines rows = new Lines(gray, height, width, width, 1);
        Lines columns = new Lines(gray, width, height, 1, width);
        return new Borders(rows.band(0, 1), rows.band(height - 1, -1), columns.band(0, 1), columns.band(width - 1, -1));
    }

    /** The share of the image's area that they cover. */
    public double share() {
        return 1 - (1 - top - bottom) * (1 - left - right);
    }

    /** Rows or columns of pixels. */
    private record Lines(byte[] gray, int count, int length, int lineStep, int pixelStep) {

        double band(int first, int direction) {
            int level = mode(first);
            if (share(first, level) < UNIFORM) {
                return 0;
            }
            int thickness = 1;
            while (thickness < count && share(first + direction * thickness, level) >= UNIFORM) {
                thickness++;
            }
            int after = thickness + 1;
            boolean isBand = thickness >= Math.max(2, THINNEST * count)
                    && thickness <= THICKEST * count
                    && after < count
                    && share(first + direction * after, level) <= ABRUPT;
            return isBand ? thickness / (double) count : 0;
        }

        private int mode(int line) {
            int[] histogram = new int[GrayLevels.LEVELS];
            for (int i = 0; i < length; i++) {
                histogram[pixel(line, i)]++;
            }
            int mode = 0;
            for (int level = 1; level < GrayLevels.LEVELS; level++) {
                mode = histogram[level] > histogram[mode] ? level : mode;
            }
            return mode;
        }

        private double share(int line, int level) {
            int same = 0;
            for (int i = 0; i < length; i++) {
                same += Math.abs(pixel(line, i) - level) <= SAME ? 1 : 0;
            }
            return same / (double) length;
        }

        private int pixel(int line, int i) {
            return gray[line * lineStep + i * pixelStep] & 0xff;
        }
    }
}
