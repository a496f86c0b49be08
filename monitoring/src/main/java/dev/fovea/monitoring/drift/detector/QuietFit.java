package dev.fovea.monitoring.drift.detector;

import dev.fovea.statistics.drift.LeaveGroupOut;
import dev.fovea.statistics.drift.Rhythm;
import java.util.Arrays;
import java.util.List;

/**
 * What is expected of one coordinate in quiet traffic: its rhythm, its dependence on the blocks before, and how its
 * spread depends on the number of images and the hour. Errors of quiet blocks are those of predicting each from other
 * days.
 */
final class QuietFit {

    /** The largest error that counts, in standard deviations. */
    private static final double FARTHEST = 8;

    private static final double FLOOR = 0.1;

    /** How many regressors {@link #before} has. */
    static final int LAG_REGRESSORS = 1 + QuietBlock.LAGS.length;

    private static final int SIZE_REGRESSORS = 2;
    private static final int TIME_REGRESSORS = 3;

    /** Errors that differ by rounding only are equal, as those of a number that all images share. */
    private static final double STEP = 1e-6;

    private final LeaveGroupOut.Fit rhythm;
    private final LeaveGroupOut.Fit lags;
    private final double mean;
    private final LeaveGroupOut.Fit spread;
    private final double scale;
    private final double[] errors;

    private QuietFit(
            LeaveGroupOut.Fit rhythm,
            LeaveGroupOut.Fit lags,
            double mean,
            LeaveGroupOut.Fit spread,
            double scale,
            double[] errors) {
        this.rhythm = rhythm;
        this.lags = lags;
        this.mean = mean;
        this.spread = spread;
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

    /** The fit of a coordinate that does not depend on the blocks before. */
    static LeaveGroupOut.Fit withoutLags(LeaveGroupOut.Fit rhythm) {
        return new LeaveGroupOut.Fit(new double[LAG_REGRESSORS], rhythm.errors().clone());
    }

    /** What is expected of a coordinate with this rhythm, these lags and this spread. */
    static QuietFit of(
            List<QuietBlock> blocks,
            LeaveGroupOut.Fit rhythm,
            LeaveGroupOut.Fit lags,
            LeaveGroupOut.Fit spread,
            int coordinate) {
        int n = blocks.size();
        double mean = mean(blocks, coordinate);
        double[] errors = lags.errors();
        double[] logarithms = logarithms(errors);
        double squares = 0;
        int known = 0;
        for (int i = 0; i < n; i++) {
            if (Double.isNaN(blocks.get(i).values()[0][coordinate])) {
                errors[i] = Double.NaN;
            } else {
                errors[i] *= Math.exp(-(logarithms[i] - spread.errors()[i]) / 2);
                squares += errors[i] * errors[i];
                known++;
            }
        }
        double scale = known > 1 ? Math.sqrt(squares / known) : 0;
        QuietFit fit = new QuietFit(rhythm, lags, mean, spread, Math.max(scale, 1e-9 * (1 + Math.abs(mean))), errors);
        for (int i = 0; i < n; i++) {
            errors[i] = fit.scaled(errors[i]);
        }
        return fit;
    }

    /**
     * Logarithms of the errors' squares in units of their mean, with a floor, because the logarithm of 0 would rule.
     */
    static double[] logarithms(double[] errors) {
        double mean =
                Arrays.stream(errors).map(error -> error * error).average().orElse(0);
        return Arrays.stream(errors)
                .map(error -> mean > 0 ? Math.log(error * error / mean + FLOOR) : 0)
                .toArray();
    }

    /** What the spread of a block depends on: 1 and its number of images. */
    static double[] size(QuietBlock block) {
        return Arrays.copyOf(sizeAndTime(block), SIZE_REGRESSORS);
    }

    /** {@link #size}, then the hour and the weekend where the rhythm has them. */
    static double[] sizeAndTime(QuietBlock block) {
        double[] rhythm = block.rhythm()[0];
        double[] x = new double[SIZE_REGRESSORS + TIME_REGRESSORS];
        x[0] = 1;
        x[1] = Math.log((double) block.images() / BlockBuilder.MIN_IMAGES);
        if (rhythm.length >= Rhythm.DAILY.count()) {
            x[2] = rhythm[1];
            x[3] = rhythm[2];
        }
        if (rhythm.length == Rhythm.WEEKLY.count()) {
            double sunday = -Arrays.stream(rhythm, Rhythm.DAILY.count(), rhythm.length)
                    .min()
                    .orElse(0); // Sundays have -1 on each weekday
            double saturday = rhythm[rhythm.length - 1];
            x[4] = Math.max(0, sunday) + Math.max(0, saturday);
        }
        return x;
    }

    /** The errors of the quiet blocks, in standard deviations; NaN where a block has no value. Not copied. */
    double[] errors() {
        return errors;
    }

    /** The error of a new block, in standard deviations; NaN where it has no value. */
    double error(QuietBlock block, int coordinate) {
        double value = block.values()[0][coordinate] - mean - predicted(block.rhythm()[0]);
        double rest = value - lags.predict(before(block, coordinate, mean, rhythm));
        return scaled(rest * Math.exp(-spread.predict(sizeAndTime(block)) / 2));
    }

    /**
     * The standard error of what is predicted, in standard deviations of a block. Blocks whose errors differ by less
     * have no order: without their own day, equal blocks are predicted a little differently, and in the order of their
     * days.
     */
    double resolution() {
        long lagged = Arrays.stream(lags.coefficients())
                .filter(coefficient -> coefficient != 0)
                .count();
        return Math.sqrt((double) (rhythm.coefficients().length + lagged) / errors.length);
    }

    /** The mean of quiet blocks. */
    double mean() {
        return mean;
    }

    /** How far a shift of one standard deviation of a block of so many images moves its mean. */
    double unit(double images) {
        double[] coefficients = spread.coefficients();
        return scale * Math.exp((coefficients[0] + coefficients[1] * Math.log(images / BlockBuilder.MIN_IMAGES)) / 2);
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
        return Double.isNaN(error) ? error : Math.rint(Math.clamp(error / scale, -FARTHEST, FARTHEST) / STEP) * STEP;
    }

    /** What a block depends on of those before it: 1 and the means of the last blocks without the rhythm. */
    static double[] before(QuietBlock block, int coordinate, double mean, LeaveGroupOut.Fit rhythm) {
        double[] x = new double[LAG_REGRESSORS];
        x[0] = 1;
        for (int l = 1; l < x.length; l++) {
            double value = block.values()[l][coordinate] - mean - predicted(rhythm, block.rhythm()[l]);
            x[l] = Double.isNaN(value) ? 0 : value;
        }
        return x;
    }

    /** The mean of a coordinate over blocks that have it. */
    static double mean(List<QuietBlock> blocks, int coordinate) {
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
}
