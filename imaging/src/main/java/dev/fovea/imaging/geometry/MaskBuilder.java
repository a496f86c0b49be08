package dev.fovea.imaging.geometry;

import dev.fovea.imaging.ImageSize;
import java.util.Arrays;

/** Gathers the runs of a mask in column order. For one thread. */
public final class MaskBuilder {

    private final ImageSize size;
    private int[] counts = new int[16];
    private int length = 1;
    private int end;

    /** A mask without pixels so far; {@code IllegalArgumentException} past 2³¹ pixels. */
    public MaskBuilder(ImageSize size) {
        if ((long) size.width() * size.height() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a mask of %d×%d pixels is too large".formatted(size.width(), size.height()));
        }
        this.size = size;
    }

    /**
     * Adds pixels.
     *
     * @param start index of the first in column order, {@code x * height + y}, not before the end of the last run
     * @param pixels how many, down the columns
     */
    public void add(int start, int pixels) {
        if (pixels == 0) {
            return;
        }
        if (start < end || pixels < 0 || start + (long) pixels > (long) size.width() * size.height()) {
            throw new IllegalArgumentException("a run of %d pixels at %d after %d".formatted(pixels, start, end));
        }
        if (start == end && length % 2 == 0) {
            counts[length - 1] += pixels;
        } else {
            // an odd number of runs ends in "not", which grows by what was passed over
            if (length % 2 == 0) {
                push(0);
            }
            counts[length - 1] += start - end;
            push(pixels);
        }
        end = start + pixels;
    }

    /** The mask. */
    public Mask build() {
        int rest = size.width() * size.height() - end;
        if (length % 2 == 1) {
            counts[length - 1] += rest;
        } else if (rest > 0) {
            push(rest);
        }
        return new Mask(size, Arrays.copyOf(counts, length));
    }

    private void push(int count) {
        if (length == counts.length) {
            counts = Arrays.copyOf(counts, 2 * length);
        }
        counts[length++] = count;
    }
}
