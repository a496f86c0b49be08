package dev.fovea.quantize.numeric;

/**
 * Divergence of what 256 integers can tell from what was seen: values past the ends are counted at the ends, and the
 * values of one integer are spread evenly over the bins that it covers and that were not empty. The bin of zero is left
 * out: ReLU fills it, it is exact in any range, and it would drown the others.
 */
final class KlDivergence {

    private final ValueHistogram seen;
    private final Affine affine;
    private final double low;
    private final double high;
    private final double[] mass;
    private final int[] filled;
    private int firstHeld = ValueHistogram.BINS;
    private int lastHeld = -1;
    private double below;
    private double above;
    private double total;
    private double held;

    private KlDivergence(ValueHistogram seen, Affine affine) {
        this.seen = seen;
        this.affine = affine;
        this.low = affine.range().low() - affine.scale() / 2;
        this.high = affine.range().high() + affine.scale() / 2;
        int count = affine.type().most() - affine.type().least() + 1;
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
            if (seen.count(bin) > 0 && levels.holds(bin)) {
                int level = levels.level(bin);
                double share = (seen.count(bin) + levels.clippedAt(bin)) / levels.total;
                double told = levels.mass[level] / levels.filled[level] / levels.held;
                divergence += share * Math.log(share / told);
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
        if (holds(bin)) {
            held += count;
            mass[level(bin)] += count;
            filled[level(bin)]++;
            firstHeld = Math.min(firstHeld, bin);
            lastHeld = bin;
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
    private boolean holds(int bin) {
        return seen.center(bin) >= low && seen.center(bin) <= high && !isZero(bin);
    }

    /** How many values past an end are counted in the bin. */
    private double clippedAt(int bin) {
        return (bin == firstHeld ? below : 0) + (bin == lastHeld ? above : 0);
    }

    private int level(int bin) {
        return affine.quantize(seen.center(bin)) - affine.type().least();
    }
}
