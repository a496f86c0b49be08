package dev.fovea.statistics.estimation;

import dev.fovea.statistics.Require;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Calibrated probabilities of a classifier's scores, from a reference with true labels: one calibration of the
 * predicted class's score, one of the scores of the classes after it. So that accuracy and precision need only the
 * first, and recall both. Immutable.
 */
public final class ClassGuesses {

    private static final long SEED = 7;

    private final ClassPredictions reference;
    private final int[] truth;
    private final ScoreCalibration first;
    private final ScoreCalibration later;
    private final double[][] outOfFold;

    /**
     * Fits both calibrations.
     *
     * @param reference {@code [n]} predictions of images whose labels are known
     * @param truth {@code [n]} their classes, in [0, K)
     */
    public ClassGuesses(ClassPredictions reference, int[] truth) {
        Require.that(truth.length == reference.size(), "%d labels of %d images.", truth.length, reference.size());
        this.reference = reference;
        this.truth = truth;
        Pairs firsts = new Pairs(reference, truth, true);
        this.first = firsts.fit();
        double[] firstOut = firsts.outOfFold();
        Pairs laters = new Pairs(reference, truth, false);
        this.later = laters.size() == 0 ? first : laters.fit();
        double[] laterOut = laters.size() == 0 ? new double[0] : laters.outOfFold();
        this.outOfFold = new double[truth.length][];
        int next = 0;
        for (int i = 0; i < truth.length; i++) {
            outOfFold[i] = new double[reference.labels()[i].length];
            outOfFold[i][0] = firstOut[i];
            for (int r = 1; r < outOfFold[i].length; r++) {
                outOfFold[i][r] = laterOut[next++];
            }
        }
    }

    /** The reference's predictions. */
    public ClassPredictions reference() {
        return reference;
    }

    /** The reference's true classes; the caller must not change them. */
    public int[] truth() {
        return truth;
    }

    /** The reference's probabilities, each without its own fold, {@code [n][r]} beside its labels. */
    double[][] outOfFold() {
        return outOfFold;
    }

    /** The probabilities of predictions, {@code [N][r]} beside their labels. */
    public double[][] of(ClassPredictions predictions) {
        double[][] guesses = new double[predictions.size()][];
        for (int i = 0; i < guesses.length; i++) {
            int[] labels = predictions.labels()[i];
            guesses[i] = new double[labels.length];
            for (int r = 0; r < labels.length; r++) {
                double score = Math.clamp(predictions.scores()[i][r], 0, 1);
                guesses[i][r] = (r == 0 ? first : later).of(score, labels[r]);
            }
        }
        return guesses;
    }

    /** The probability that each prediction is right, {@code [N]}, from probabilities beside labels. */
    public static double[] right(double[][] guesses) {
        return Arrays.stream(guesses).mapToDouble(row -> row[0]).toArray();
    }

    /** The probability that each image is of a class, {@code [N]}; 0 where the class is not among the best. */
    static double[] ofClass(ClassPredictions predictions, double[][] guesses, int label) {
        double[] chosen = new double[guesses.length];
        for (int i = 0; i < chosen.length; i++) {
            for (int r = 0; r < guesses[i].length; r++) {
                chosen[i] += predictions.labels()[i][r] == label ? guesses[i][r] : 0;
            }
        }
        return chosen;
    }

    /** Scores and outcomes of one rank or of those after it. */
    private static final class Pairs {

        private final int classes;
        private final double[] scores;
        private final int[] labels;
        private final boolean[] right;

        Pairs(ClassPredictions predictions, int[] truth, boolean first) {
            this.classes = predictions.classes();
            int[][] at = IntStream.range(0, truth.length)
                    .boxed()
                    .flatMap(i -> IntStream.range(
                                    first ? 0 : 1, first ? 1 : predictions.labels()[i].length)
                            .mapToObj(r -> new int[] {i, r}))
                    .toArray(int[][]::new);
            this.scores = Arrays.stream(at)
                    .mapToDouble(pair -> Math.clamp(predictions.scores()[pair[0]][pair[1]], 0, 1))
                    .toArray();
            this.labels = Arrays.stream(at)
                    .mapToInt(pair -> predictions.labels()[pair[0]][pair[1]])
                    .toArray();
            this.right = new boolean[at.length];
            for (int j = 0; j < at.length; j++) {
                right[j] = labels[j] == truth[at[j][0]];
            }
        }

        int size() {
            return scores.length;
        }

        ScoreCalibration fit() {
            return ScoreCalibration.fit(scores, labels, classes, right);
        }

        double[] outOfFold() {
            return ScoreCalibration.outOfFold(scores, labels, classes, right, SEED);
        }
    }
}
