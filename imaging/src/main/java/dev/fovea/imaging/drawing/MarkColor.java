package dev.fovea.imaging.drawing;

/**
 * A colour for marks, each part 0 to 255. All are bright enough to stand out from a dark image, and their lines have a
 * dark rim for light ones.
 */
record MarkColor(int red, int green, int blue) {

    /** Written on light colours, and the rim of lines. */
    static final MarkColor INK = new MarkColor(17, 17, 20);

    private static final MarkColor WHITE = new MarkColor(255, 255, 255);

    private static final int[] PALETTE = {
        0xff4d6d, 0xff8a1f, 0xffcc29, 0xb4e02a, 0x3ad65a, 0x14cfa4, 0x1fc8ee, 0x4a9dff,
        0x7c7bff, 0xa866ff, 0xe05cff, 0xff6fbf, 0xe2855f, 0xa9b85a, 0x6cc3b4, 0xc9aaff
    };

    /** The colour of a name: the same for the same name, whatever else is shown. The console reckons likewise. */
    static MarkColor of(String name) {
        int hash = 0x811c9dc5; // FNV-1a over the UTF-16 units
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x01000193;
        }
        int rgb = PALETTE[(hash ^ hash >>> 16) & (PALETTE.length - 1)];
        return new MarkColor(rgb >> 16, rgb >> 8 & 255, rgb & 255);
    }

    /** What is read more easily on this colour: dark or white. */
    MarkColor ink() {
        return luminance() > 0.3 ? INK : WHITE;
    }

    /** Relative luminance, 0 to 1. Source: WCAG 2.2, "relative luminance". */
    private double luminance() {
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    }

    private static double linear(int value) {
        double share = value / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
