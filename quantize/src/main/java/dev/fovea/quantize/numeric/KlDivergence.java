package dev.fovea.quantize.numeric;

/**
 * Kullback-Leibler divergence of the quantized from the real distribution. Values outside the range count at its ends.
 * The mass of one integer is spread evenly over its non-empty bins. The bin of zero is excluded: ReLU fills it, it is
 * exact in any range, and it would dominate.
 */
final class KlDivergence {

    private final ValueHistogram seen;
    private final Affine affine;
    private final double low;
    private final double high;
    private final double[] mass;
    private final int[] filled;
    private int firstCovered = ValueHistogram.BINS;
    private int lastCovered = -1;
    private double below;
    private double above;
    private double total;
    private double covered;

    private KlDivergence(ValueHistogram seen, Affine affine) {
        this.seen = seen;
        this.affine = affine;
        this.low = affine.range().low() - affine.scale() / 2;
        this.high = affine.range().high() + affine.scale() / 2;
        int count = affine.type().max() - affine.type().min() + 1;
        this.mass = new double[count];
        this.filled = new int[count];
        for (int bin = 0; bin < ValueHistogram.BINS; bin++) {
            count(bin);
        }
    }

    static double of(ValueHistogram seen, Range range) {
        KlDivergence levels = new KlDivergence(seen, Affine.over(range, IntegerType.U8));
        double divergence = 0;
        for (int bin = 0; bin < ValueHistogram.BINS; bin++) {
            if (seen.count(bin) > 0 && levels.covers(bin)) {
                int level = levels.level(bin);
                double share = (seen.count(bin) + levels.clippedAt(bin)) / levels.total;
                double quantized = levels.mass[level] / levels.filled[level] / levels.covered;
                divergence += share * Math.log(share / quantized);
            }
        }
        return divergence;
    }

    private void count(int bin) {
        long count = seen.count(bin);
        if (count == 0 || isZero(bin)) {
            return;
        }
        total += count;
        if (covers(bin)) {
            covered += count;
            mass[level(bin)] += count;
            filled[level(bin)]++;
            firstCovered = Math.min(firstCovered, bin);
            lastCovered = bin;
        } else if (seen.center(bin) < low) {
            below += count;
        } else {
            above += count;
        }
    }

    private boolean isZero(int bin) {
        return seen.center(bin) > 0 && seen.center(bin) < seen.width();
    }

    /** Whether values of the bin are within the range, and not zero. */
    private boolean covers(int bin) {
        return seen.center(bin) >= low && seen.center(bin) <= high && !isZero(bin);
    }

    /** Number of clipped values that count in the bin. */
    private double clippedAt(int bin) {
        return (bin == firstCovered ? below : 0) + (bin == lastCovered ? above : 0);
    }

    private int level(int bin) {
        return affine.quantize(seen.center(bin)) - affine.type().min();
    }
}
