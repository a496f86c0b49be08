package dev.fovea.quantize.numeric;

import java.util.Arrays;

/**
 * A histogram of a tensor's values, of constant size for any number of images. Bin widths are powers of two and bins
 * start at multiples of them, so that zero is an edge. When a value is outside, neighbouring bins are merged, which
 * keeps counts exact. The order of values only affects the initial width.
 */
final class ValueHistogram {

    /** At least half of the bins are used after a merge: a thousand for the 256 steps of INT8. */
    static final int BINS = 4096;

    private final long[] counts = new long[BINS];
    private double width;
    private long first;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private long total;
    private boolean broken;

    /** Counts values; an infinite value or NaN invalidates the histogram. */
    void add(float[] values) {
        if (values.length == 0) {
            return;
        }
        float low = values[0];
        float high = values[0];
        for (float value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        // both are no numbers if one value is not
        if (!Float.isFinite(low) || !Float.isFinite(high)) {
            broken = true;
            return;
        }
        min = Math.min(min, low);
        max = Math.max(max, high);
        makeRoom();
        double inverse = 1 / width;
        double begin = first;
        for (float value : values) {
            // never negative, so that cutting off is rounding down; a trace below 0 may count as 0
            counts[Math.min(BINS - 1, (int) (value * inverse - begin))]++;
        }
        total += values.length;
    }

    /** The same with every value below a number taken for it. */
    ValueHistogram notBelow(double floor) {
        ValueHistogram raised = new ValueHistogram();
        raised.width = width;
        raised.first = first;
        raised.min = Math.max(min, floor);
        raised.max = Math.max(max, floor);
        raised.total = total;
        raised.broken = broken;
        for (int i = 0; i < BINS; i++) {
            if (counts[i] > 0) {
                raised.counts[(int) (Math.max(first + i, bin(floor)) - first)] += counts[i];
            }
        }
        return raised;
    }

    private void makeRoom() {
        double span = Math.max(max, 0) - Math.min(min, 0);
        if (width == 0) {
            width = Math.scalb(1.0, Math.getExponent(Math.max(span, Float.MIN_NORMAL) / BINS) + 1);
            first = bin(Math.min(min, 0));
        }
        while (Math.floor(Math.max(max, 0) / width) - Math.floor(Math.min(min, 0) / width) >= BINS) {
            halve();
        }
        long wanted = bin(Math.min(min, 0));
        if (wanted < first || bin(Math.max(max, 0)) - first >= BINS) {
            move(wanted);
        }
    }

    private long bin(double value) {
        return (long) Math.floor(value / width);
    }

    private void halve() {
        long[] old = counts.clone();
        Arrays.fill(counts, 0);
        long begin = Math.floorDiv(first, 2);
        for (int i = 0; i < BINS; i++) {
            if (old[i] > 0) {
                counts[(int) (Math.floorDiv(first + i, 2) - begin)] += old[i];
            }
        }
        first = begin;
        width *= 2;
    }

    private void move(long begin) {
        long[] old = counts.clone();
        Arrays.fill(counts, 0);
        for (int i = 0; i < BINS; i++) {
            if (old[i] > 0) {
                counts[(int) (first + i - begin)] = old[i];
            }
        }
        first = begin;
    }

    /** Values counted; 0 where one of them was no finite number. */
    long total() {
        return broken ? 0 : total;
    }

    /** The minimum; infinite without values. */
    double min() {
        return min;
    }

    /** The greatest value seen; minus infinity when none was. */
    double max() {
        return max;
    }

    /** The width of every bin. */
    double width() {
        return width;
    }

    /** Number of values in a bin, 0 to {@link #BINS} − 1. */
    long count(int bin) {
        return counts[bin];
    }

    /** The middle of a bin. */
    double center(int bin) {
        return (first + bin + 0.5) * width;
    }

    /** Below which a share of the values lies, to a bin's width and within what was seen. */
    double quantile(double share) {
        double wanted = share * total;
        long passed = 0;
        for (int i = 0; i < BINS; i++) {
            passed += counts[i];
            if (passed >= wanted && passed > 0) {
                return Math.clamp((first + i + 1) * width, min, max);
            }
        }
        return max;
    }

    /** Above which a share of the values lies, to a bin's width and within what was seen. */
    double upperQuantile(double share) {
        double wanted = share * total;
        long passed = 0;
        for (int i = BINS - 1; i >= 0; i--) {
            passed += counts[i];
            if (passed >= wanted && passed > 0) {
                return Math.clamp((first + i) * width, min, max);
            }
        }
        return min;
    }
}
