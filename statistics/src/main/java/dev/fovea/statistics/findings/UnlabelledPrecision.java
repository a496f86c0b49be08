package dev.fovea.statistics.findings;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.Require;
import dev.fovea.statistics.estimation.DensityRatio;
import dev.fovea.statistics.estimation.ScoreCalibration;
import dev.fovea.statistics.estimation.SurveyInterval;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The precision of what a model finds, without labels: the mean calibrated score of what it found, plus the error of
 * the calibration on held-out images, weighted to the live findings. Findings of one image are not independent, so the
 * error has the variance of its sums by image. What a model misses leaves no trace, so there is no recall. The form is
 * that of {@link dev.fovea.statistics.estimation.ShiftedOutcomes}.
 *
 * @param precision of all findings
 * @param classes precision by class, of those with enough held-out findings
 */
public record UnlabelledPrecision(Interval precision, List<FindingRates> classes) {

    /** The fewest held-out findings that it is estimated from, and live ones that it is estimated for. */
    public static final int MIN_FINDINGS = 50;

    /** The fewest held-out findings of a class that has a precision of its own. */
    public static final int MIN_OF_CLASS = 10;

    private static final int MAX_FOR_WEIGHTS = 2_000;
    private static final int COLUMN_MINIMUM = 20;
    private static final double EDGE = 1e-6;
    private static final long SEED = 11;

    public UnlabelledPrecision {
        classes = List.copyOf(classes);
    }

    /**
     * Estimates.
     *
     * @param reference held-out images
     * @param live findings whose truth is not known; {@code right} is not looked at
     * @param classes K
     * @return empty with too few findings
     */
    public static Optional<UnlabelledPrecision> of(
            List<ImageFindings> reference, List<ImageFindings.ScoredFinding> live, int classes) {
        Require.that(classes > 0, "%d classes; there must be at least one.", classes);
        HeldOut heldOut = HeldOut.of(reference);
        if (heldOut.findings.size() < MIN_FINDINGS || live.size() < MIN_FINDINGS) {
            return Optional.empty();
        }
        int[] columns = IntStream.range(0, classes)
                .filter(label -> count(heldOut.findings, label) >= COLUMN_MINIMUM)
                .toArray();
        double[] weights = DensityRatio.of(features(heldOut.findings, columns), features(some(live), columns), SEED)
                .weights();
        double[] scores = scores(heldOut.findings);
        int[] labels = labels(heldOut.findings);
        ScoreCalibration calibration = ScoreCalibration.fit(scores, labels, classes, heldOut.right());
        double[] outOfFold = ScoreCalibration.outOfFold(scores, labels, classes, heldOut.right(), SEED);
        double[] residuals = new double[scores.length];
        Arrays.setAll(residuals, i -> weights[i] * ((heldOut.right()[i] ? 1 : 0) - outOfFold[i]));
        double[] guesses = calibration.of(scores(live), labels(live));
        Parts parts = new Parts(heldOut, residuals, labels(live), guesses);
        List<FindingRates> figures = new ArrayList<>();
        for (int label = 0; label < classes; label++) {
            int own = label;
            parts.precision(own)
                    .ifPresent(found ->
                            figures.add(new FindingRates(own, Optional.of(found), Optional.empty(), Optional.empty())));
        }
        return Optional.of(new UnlabelledPrecision(parts.precision(), figures));
    }

    /**
     * Held-out findings.
     *
     * @param images the image of each
     */
    private record HeldOut(List<ImageFindings.ScoredFinding> findings, int[] images, boolean[] right, int count) {

        static HeldOut of(List<ImageFindings> reference) {
            List<ImageFindings.ScoredFinding> findings = new ArrayList<>();
            List<Integer> images = new ArrayList<>();
            for (int i = 0; i < reference.size(); i++) {
                for (ImageFindings.ScoredFinding finding : reference.get(i).found()) {
                    findings.add(finding);
                    images.add(i);
                }
            }
            boolean[] right = new boolean[findings.size()];
            for (int d = 0; d < right.length; d++) {
                right[d] = findings.get(d).right();
            }
            return new HeldOut(
                    findings, images.stream().mapToInt(Integer::intValue).toArray(), right, reference.size());
        }
    }

    /** Residuals of held-out findings and guesses of live ones. */
    private record Parts(HeldOut heldOut, double[] residuals, int[] labels, double[] guesses) {

        Interval precision() {
            return of(IntStream.range(0, residuals.length).toArray(), guesses);
        }

        Optional<Interval> precision(int label) {
            int[] own = IntStream.range(0, residuals.length)
                    .filter(i -> heldOut.findings().get(i).label() == label)
                    .toArray();
            double[] live = IntStream.range(0, guesses.length)
                    .filter(i -> labels[i] == label)
                    .mapToDouble(i -> guesses[i])
                    .toArray();
            return own.length < MIN_OF_CLASS || live.length == 0 ? Optional.empty() : Optional.of(of(own, live));
        }

        private Interval of(int[] own, double[] live) {
            double[] sums = new double[heldOut.count()];
            boolean[] has = new boolean[heldOut.count()];
            for (int i : own) {
                sums[heldOut.images()[i]] += residuals[i] / own.length;
                has[heldOut.images()[i]] = true;
            }
            int with = 0;
            double error = 0;
            for (int image = 0; image < sums.length; image++) {
                with += has[image] ? 1 : 0;
                error += sums[image];
            }
            double squares = 0;
            for (int image = 0; image < sums.length; image++) {
                squares += has[image] ? (sums[image] - error / with) * (sums[image] - error / with) : 0;
            }
            double noise = 0;
            for (double guess : live) {
                noise += guess * (1 - guess) / live.length / live.length;
            }
            double value = Arrays.stream(live).average().orElseThrow() + error;
            return SurveyInterval.of(value, squares * with / Math.max(1, with - 1) + noise, with);
        }
    }

    /** Some of many, evenly. */
    private static List<ImageFindings.ScoredFinding> some(List<ImageFindings.ScoredFinding> live) {
        int count = Math.min(MAX_FOR_WEIGHTS, live.size());
        return IntStream.range(0, count)
                .mapToObj(i -> live.get((int) ((long) i * live.size() / count)))
                .toList();
    }

    private static FeatureMatrix features(List<ImageFindings.ScoredFinding> findings, int[] columns) {
        float[][] rows = new float[findings.size()][2 + columns.length];
        for (int i = 0; i < rows.length; i++) {
            ImageFindings.ScoredFinding finding = findings.get(i);
            rows[i][0] = (float) Math.log(Math.clamp(finding.score(), EDGE, 1));
            rows[i][1] = (float) Math.log(Math.clamp(1 - finding.score(), EDGE, 1));
            for (int c = 0; c < columns.length; c++) {
                rows[i][2 + c] = finding.label() == columns[c] ? 1 : 0;
            }
        }
        return FeatureMatrix.of(rows);
    }

    private static long count(List<ImageFindings.ScoredFinding> findings, int label) {
        return findings.stream().filter(one -> one.label() == label).count();
    }

    private static double[] scores(List<ImageFindings.ScoredFinding> findings) {
        return findings.stream().mapToDouble(ImageFindings.ScoredFinding::score).toArray();
    }

    private static int[] labels(List<ImageFindings.ScoredFinding> findings) {
        return findings.stream().mapToInt(ImageFindings.ScoredFinding::label).toArray();
    }
}
