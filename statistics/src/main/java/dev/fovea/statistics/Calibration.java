package dev.fovea.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Expected calibration error. Source: C. Guo, G. Pleiss, Y. Sun and K. Q. Weinberger, "On calibration of modern neural
 * networks", ICML 2017, equation 3. Predictions are binned by confidence. The error is the mean of {@code |accuracy -
 * confidence|} over the bins, weighted by bin size.
 *
 * <p>The estimate is biased upwards for few predictions: a perfectly calibrated model measures above 0 on 180 images.
 * Compare only values from the same images and bins.
 *
 * @param error in [0, 1]; 0 is perfect
 * @param bins non-empty bins, by rising confidence
 */
public record Calibration(double error, List<Bin> bins) {

    /** Default number of bins, as in Guo et al. */
    public static final int DEFAULT_BINS = 15;

    /**
     * Predictions of similar confidence.
     *
     * @param predictions count, at least 1
     * @param confidence their mean confidence
     * @param accuracy fraction of correct predictions
     */
    public record Bin(int predictions, double confidence, double accuracy) {}

    private record Prediction(double confidence, boolean right) {}

    public Calibration {
        bins = List.copyOf(bins);
    }

    /**
     * Bins of equal width: bin m of M holds confidences in {@code ((m-1)/M, m/M]}, 15 by default.
     *
     * @param confidences per prediction, in [0, 1]; at least one
     * @param right per prediction
     */
    public static Calibration equalWidth(double[] confidences, boolean[] right) {
        return equalWidth(confidences, right, DEFAULT_BINS);
    }

    /** {@code bins} bins of equal width. */
    public static Calibration equalWidth(double[] confidences, boolean[] right, int bins) {
        List<Prediction> predictions = predictions(confidences, right, bins);
        List<List<Prediction>> binned = new ArrayList<>();
        for (int m = 0; m < bins; m++) {
            binned.add(new ArrayList<>());
        }
        for (Prediction prediction : predictions) {
            binned.get(Math.max(0, (int) Math.ceil(prediction.confidence() * bins) - 1))
                    .add(prediction);
        }
        return of(binned, predictions.size());
    }

    /**
     * Bins of equal size, which resolve best where predictions are dense: the binning of the adaptive calibration
     * error. Source: J. Nixon, M. W. Dusenberry, L. Zhang, G. Jerfel and D. Tran, "Measuring calibration in deep
     * learning", CVPR Workshops 2019; applied to the predicted class.
     */
    public static Calibration equalMass(double[] confidences, boolean[] right, int bins) {
        List<Prediction> predictions = predictions(confidences, right, bins);
        predictions.sort(Comparator.comparingDouble(Prediction::confidence));
        List<List<Prediction>> binned = new ArrayList<>();
        int from = 0;
        for (int m = 0; m < bins; m++) {
            // The first n mod M bins take one extra prediction, so that sizes differ by at most one.
            int to = from + predictions.size() / bins + (m < predictions.size() % bins ? 1 : 0);
            binned.add(predictions.subList(from, to));
            from = to;
        }
        return of(binned, predictions.size());
    }

    private static Calibration of(List<List<Prediction>> binned, int total) {
        List<Bin> bins = binned.stream()
                .filter(predictions -> !predictions.isEmpty())
                .map(Calibration::bin)
                .toList();
        double error = bins.stream()
                .mapToDouble(bin -> bin.predictions() * Math.abs(bin.accuracy() - bin.confidence()))
                .sum();
        return new Calibration(Math.min(1, error / total), bins);
    }

    private static Bin bin(List<Prediction> predictions) {
        double confidence = predictions.stream()
                .mapToDouble(Prediction::confidence)
                .average()
                .orElseThrow();
        long right = predictions.stream().filter(Prediction::right).count();
        return new Bin(predictions.size(), confidence, (double) right / predictions.size());
    }

    private static List<Prediction> predictions(double[] confidences, boolean[] right, int bins) {
        Require.that(bins > 0, "%d bins; there must be at least one.", bins);
        Require.that(confidences.length > 0, "No predictions; calibration needs at least one.");
        Require.that(
                confidences.length == right.length,
                "%d confidences but %d outcomes.",
                confidences.length,
                right.length);
        Require.that(
                Arrays.stream(confidences).allMatch(c -> c >= 0 && c <= 1),
                "A confidence lies outside 0 to 1: minimum %s, maximum %s.",
                Arrays.stream(confidences).min().orElseThrow(),
                Arrays.stream(confidences).max().orElseThrow());
        List<Prediction> predictions = new ArrayList<>(confidences.length);
        for (int i = 0; i < confidences.length; i++) {
            predictions.add(new Prediction(confidences[i], right[i]));
        }
        return predictions;
    }
}
