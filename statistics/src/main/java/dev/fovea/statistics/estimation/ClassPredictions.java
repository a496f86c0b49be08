package dev.fovea.statistics.estimation;

import dev.fovea.statistics.Require;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a classifier said of N images: for each the best classes with their scores, best first. Immutable by agreement:
 * the arrays are not copied.
 *
 * @param classes K
 * @param labels {@code [N][r]} classes in [0, K), r at least 1 and at most K
 * @param scores {@code [N][r]} their scores in [0, 1], not ascending
 */
public record ClassPredictions(int classes, int[][] labels, double[][] scores) {

    private static final double EDGE = 1e-6;

    public ClassPredictions {
        Require.that(
                labels.length > 0 && labels.length == scores.length,
                "%d images with labels and %d with scores; there must be as many and at least one.",
                labels.length,
                scores.length);
        for (int i = 0; i < labels.length; i++) {
            Require.that(
                    labels[i].length > 0 && labels[i].length == scores[i].length,
                    "Image %d has %d labels and %d scores.",
                    i,
                    labels[i].length,
                    scores[i].length);
            for (int label : labels[i]) {
                Require.that(
                        label >= 0 && label < classes,
                        "Image %d has class %d; classes are 0 to %d.",
                        i,
                        label,
                        classes - 1);
            }
        }
    }

    /** N. */
    public int size() {
        return labels.length;
    }

    /** The predicted class of an image. */
    public int predicted(int image) {
        return labels[image][0];
    }

    /** The predicted classes, {@code [N]}. */
    public int[] predicted() {
        return Arrays.stream(labels).mapToInt(row -> row[0]).toArray();
    }

    /** The scores of the predicted classes, {@code [N]}. */
    public double[] confidences() {
        return Arrays.stream(scores).mapToDouble(row -> row[0]).toArray();
    }

    /** The images of these indices, in their order; at least one. */
    public ClassPredictions select(int[] images) {
        return new ClassPredictions(
                classes,
                Arrays.stream(images).mapToObj(i -> labels[i]).toArray(int[][]::new),
                Arrays.stream(images).mapToObj(i -> scores[i]).toArray(double[][]::new));
    }

    /** The images with this predicted class, ascending. */
    public int[] predictedAs(int label) {
        return IntStream.range(0, labels.length)
                .filter(i -> labels[i][0] == label)
                .toArray();
    }

    /**
     * What a prediction is, as numbers: the logarithms of the confidence, of the rest and of the second score, and one
     * column for each of some classes.
     *
     * @param columns classes that have a column
     */
    FeatureMatrix features(int[] columns) {
        float[][] rows = new float[labels.length][3 + columns.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i][0] = log(scores[i][0]);
            rows[i][1] = log(1 - scores[i][0]);
            rows[i][2] = log(scores[i].length > 1 ? scores[i][1] : 0);
            for (int c = 0; c < columns.length; c++) {
                rows[i][3 + c] = labels[i][0] == columns[c] ? 1 : 0;
            }
        }
        return FeatureMatrix.of(rows);
    }

    private static float log(double share) {
        return (float) Math.log(Math.clamp(share, EDGE, 1));
    }
}
