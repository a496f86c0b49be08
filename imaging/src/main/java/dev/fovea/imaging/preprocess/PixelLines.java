package dev.fovea.imaging.preprocess;

import java.util.Arrays;

/** Memory for lines of packed pixels that grows and is used again. Not thread-safe. */
final class PixelLines {

    private static final int[] NONE = {};

    private int[][] lines = {};
    private long pixels;

    /** At least so many lines of at least that length; what is in them is undefined. */
    int[][] of(int count, int length) {
        int known = lines.length;
        if (known < count) {
            lines = Arrays.copyOf(lines, count);
            Arrays.fill(lines, known, count, NONE);
        }
        for (int i = 0; i < count; i++) {
            if (lines[i].length < length) {
                pixels += length - lines[i].length;
                lines[i] = new int[length];
            }
        }
        return lines;
    }

    /** Of all lines. */
    long pixels() {
        return pixels;
    }
}
