package dev.fovea.statistics.estimation;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A drawn classifier of four classes whose confidence is too high, by class: of images with difficulty d in (0, 1) it
 * is right with a probability that its softmax overstates. Shifts change how often difficulties and classes occur.
 */
final class DrawnTraffic {

    static final int CLASSES = 4;

    private final SplittableRandom random;

    DrawnTraffic(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Predictions, true classes and an image feature that depends on neither. */
    record Drawn(ClassPredictions predictions, int[] truth, double[] feature) {

        double accuracy() {
            return Arrays.stream(outcomes()).average().orElseThrow();
        }

        double[] outcomes() {
            double[] outcomes = new double[truth.length];
            Arrays.setAll(outcomes, i -> predictions.predicted(i) == truth[i] ? 1 : 0);
            return outcomes;
        }

        /** Images of which those of a class are kept so many times as often as the others, at most once. */
        Drawn mixed(int label, double times, SplittableRandom random) {
            double most = Math.max(1, times);
            int[] rows = IntStream.range(0, truth.length)
                    .filter(i -> random.nextDouble() < (truth[i] == label ? times : 1) / most)
                    .toArray();
            return select(rows);
        }

        Drawn select(int[] rows) {
            return new Drawn(
                    predictions.select(rows),
                    Arrays.stream(rows).map(row -> truth[row]).toArray(),
                    Arrays.stream(rows).mapToDouble(row -> feature[row]).toArray());
        }

        double precision(int label) {
            int[] predicted = predictions.predictedAs(label);
            return Arrays.stream(predicted).filter(i -> truth[i] == label).count() / (double) predicted.length;
        }

        double recall(int label) {
            long present = Arrays.stream(truth).filter(t -> t == label).count();
            long found = 0;
            for (int i = 0; i < truth.length; i++) {
                found += truth[i] == label && predictions.predicted(i) == label ? 1 : 0;
            }
            return (double) found / present;
        }
    }

    /**
     * Draws images.
     *
     * @param hardness exponent of the difficulty: 1 uniform, below 1 harder
     * @param broken how much of the accuracy is lost for a reason that confidence does not show
     */
    Drawn draw(int count, double hardness, double broken) {
        int[][] labels = new int[count][];
        double[][] scores = new double[count][];
        int[] truth = new int[count];
        double[] feature = new double[count];
        for (int i = 0; i < count; i++) {
            double ease = Math.pow(random.nextDouble(), 1 / hardness);
            int predicted = random.nextInt(CLASSES);
            double right = (0.3 + 0.68 * (1 - (1 - ease) * (1 - ease))) * (predicted == 3 ? 0.85 : 1) * (1 - broken);
            int second = (predicted + 1 + random.nextInt(CLASSES - 1)) % CLASSES;
            boolean isRight = random.nextDouble() < right;
            truth[i] = isRight ? predicted : random.nextDouble() < 0.7 ? second : other(predicted, second);
            double top = 0.5 + 0.4999 * Math.pow(ease, 0.6);
            labels[i] = new int[] {predicted, second, other(predicted, second)};
            scores[i] = new double[] {top, (1 - top) * 0.7, (1 - top) * 0.2};
            feature[i] = random.nextDouble() + (broken > 0 ? 0.3 : 0);
        }
        return new Drawn(new ClassPredictions(CLASSES, labels, scores), truth, feature);
    }

    private int other(int first, int second) {
        int other = random.nextInt(CLASSES);
        while (other == first || other == second) {
            other = random.nextInt(CLASSES);
        }
        return other;
    }
}
