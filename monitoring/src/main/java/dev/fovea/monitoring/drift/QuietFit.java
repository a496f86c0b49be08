package dev.fovea.monitoring.drift;

import dev.fovea.statistics.drift.LeaveGroupOut;
import java.util.List;

/**
 * What is expected of one coordinate in quiet traffic: its rhythm, its dependence on the blocks before, and how its
 * spread depends on the number of images. Errors of quiet blocks are those of predicting each from other days.
 */
final class QuietFit {

    /** The largest error that counts, in standard deviations. */
    private static final double FARTHEST = 8;

    private final LeaveGroupOut.Fit rhythm;
    private final LeaveGroupOut.Fit lags;
    private final double mean;
    private final double exponent;
    private final double scale;
    private final double[] errors;

    private QuietFit(
            LeaveGroupOut.Fit rhythm,
            LeaveGroupOut.Fit lags,
            double mean,
            double exponent,
            double scale,
            double[] errors) {
        this.rhythm = rhythm;
        this.lags = lags;
        this.mean = mean;
        this.exponent = exponent;
        this.scale = scale;
        this.errors = errors;
    }

    /** The values of a coordinate less their mean; 0 where there are none. */
    static double[] centred(List<QuietBlock> blocks, int coordinate) {
        double mean = mean(blocks, coordinate);
        return blocks.stream()
                .mapToDouble(block -> block.values()[0][coordinate])
                .map(value -> Double.isNaN(value) ? 0 : value - mean)
                .toArray();
    }

    /**
     * How what is left of a coordinate without its rhythm depends on the blocks before.
     *
     * @param days of the blocks
     * @param rhythm fitted to {@link #centred}
     */
    static LeaveGroupOut.Fit lags(List<QuietBlock> blocks, int[] days, LeaveGroupOut.Fit rhythm, int coordinate) {
        double mean = mean(blocks, coordinate);
        double[][] before = new double[blocks.size()][];
        for (int i = 0; i < before.length; i++) {
            before[i] = before(blocks.get(i), coordinate, mean, rhythm);
        }
        return new LeaveGroupOut(before, days).fit(rhythm.errors());
    }

    /** The same for a coordinate that does not depend on them. */
    static LeaveGroupOut.Fit unlagged(LeaveGroupOut.Fit rhythm) {
        return new LeaveGroupOut.Fit(
                new double[1 + QuietBlock.LAGS.length], rhythm.errors().clone());
    }

    /** What is expected of a coordinate with this rhythm and these lags. */
    static QuietFit of(List<QuietBlock> blocks, LeaveGroupOut.Fit rhythm, LeaveGroupOut.Fit lags, int coordinate) {
        int n = blocks.size();
        double mean = mean(blocks, coordinate);
        double[] errors = lags.errors();
        double exponent = exponent(blocks, errors, coordinate);
        double squares = 0;
        int known = 0;
        for (int i = 0; i < n; i++) {
            if (Double.isNaN(blocks.get(i).values()[0][coordinate])) {
                errors[i] = Double.NaN;
            } else {
                errors[i] *= Math.pow((double) blocks.get(i).images(), exponent);
                squares += errors[i] * errors[i];
                known++;
            }
        }
        double scale = known > 1 ? Math.sqrt(squares / known) : 0;
        QuietFit fit = new QuietFit(rhythm, lags, mean, exponent, Math.max(scale, 1e-9 * (1 + Math.abs(mean))), errors);
        for (int i = 0; i < n; i++) {
            errors[i] = fit.scaled(errors[i]);
        }
        return fit;
    }

    /** The errors of the quiet blocks, in standard deviations; NaN where a block has no value. Not copied. */
    double[] errors() {
        return errors;
    }

    /** The error of a new block, in standard deviations; NaN where it has no value. */
    double error(QuietBlock block, int coordinate) {
        double value = block.values()[0][coordinate] - mean - predicted(block.rhythm()[0]);
        double rest = value - lags.predict(before(block, coordinate, mean, rhythm));
        return scaled(rest * Math.pow((double) block.images(), exponent));
    }

    /** The mean of quiet blocks. */
    double mean() {
        return mean;
    }

    /** How far a shift of one standard deviation of a block moves the block's mean. */
    double unit(double images) {
        return scale / Math.pow(images, exponent);
    }

    /** What is expected of a block at this time, without regard to the blocks before it. */
    double expected(QuietBlock block) {
        return mean + predicted(block.rhythm()[0]);
    }

    private double predicted(double[] regressors) {
        return predicted(rhythm, regressors);
    }

    /** The rhythm may have fewer regressors than the block, which then are the first. */
    private static double predicted(LeaveGroupOut.Fit rhythm, double[] regressors) {
        double sum = 0;
        for (int k = 0; k < rhythm.coefficients().length; k++) {
            sum += rhythm.coefficients()[k] * regressors[k];
        }
        return sum;
    }

    private double scaled(double error) {
        return Double.isNaN(error) ? error : Math.clamp(error / scale, -FARTHEST, FARTHEST);
    }

    private static double[] before(QuietBlock block, int coordinate, double mean, LeaveGroupOut.Fit rhythm) {
        double[] x = new double[1 + QuietBlock.LAGS.length];
        x[0] = 1;
        for (int l = 1; l < x.length; l++) {
            double value = block.values()[l][coordinate] - mean - predicted(rhythm, block.rhythm()[l]);
            x[l] = Double.isNaN(value) ? 0 : value;
        }
        return x;
    }

    private static double mean(List<QuietBlock> blocks, int coordinate) {
        double sum = 0;
        int known = 0;
        for (QuietBlock block : blocks) {
            double value = block.values()[0][coordinate];
            if (!Double.isNaN(value)) {
                sum += value;
                known++;
            }
        }
        return known == 0 ? 0 : sum / known;
    }

    /**
     * Half the slope by which the logarithm of squared errors falls with that of the number of images: 1/2 for
     * independent images, 0 where images of a block are all alike.
     */
    private static double exponent(List<QuietBlock> blocks, double[] errors, int coordinate) {
        double sumX = 0;
        double sumY = 0;
        double sumXx = 0;
        double sumXy = 0;
        int n = 0;
        for (int i = 0; i < errors.length; i++) {
            if (!Double.isNaN(blocks.get(i).values()[0][coordinate]) && errors[i] != 0) {
                double x = Math.log((double) blocks.get(i).images());
                double y = 2 * Math.log(Math.abs(errors[i]));
                sumX += x;
                sumY += y;
                sumXx += x * x;
                sumXy += x * y;
                n++;
            }
        }
        double spread = n == 0 ? 0 : sumXx - sumX * sumX / n;
        // with little spread in sizes, take independent images
        return spread < 1 ? 0.5 : Math.clamp(-(sumXy - sumX * sumY / n) / spread / 2, 0, 0.5);
    }
}
