package dev.fovea.bench.accuracy;

import dev.fovea.bench.data.EmbeddedSet;
import dev.fovea.statistics.estimation.ClassPredictions;
import dev.fovea.statistics.linear.ClassTargets;
import dev.fovea.statistics.linear.FeatureMatrix;
import dev.fovea.statistics.linear.LogisticRegression;
import dev.fovea.statistics.linear.LogisticSettings;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Images as a logistic regression on SqueezeNet's embeddings predicts them. It learns from a third of the images; the
 * others are judged.
 */
final class EmbeddedModel {

    private static final int TRAINED_SHARE = 3;
    private static final int DIMENSIONS = 32;
    private static final double C = 0.003;
    private static final long SEED = 5;

    private EmbeddedModel() {}

    /** Of five flowers; empty, and said so, where the files are not there. */
    static Optional<JudgedModel> flowers() throws IOException {
        return EmbeddedSet.flowers().map(EmbeddedModel::train);
    }

    /** Of six defects of steel; empty, and said so, where the files are not there. */
    static Optional<JudgedModel> steel() throws IOException {
        return EmbeddedSet.neu().map(EmbeddedModel::train);
    }

    private static JudgedModel train(EmbeddedSet set) {
        int[] order = shuffled(set.labels().length);
        int[] learned = Arrays.copyOf(order, order.length / TRAINED_SHARE);
        int[] judged = Arrays.copyOfRange(order, learned.length, order.length);
        LogisticRegression model = LogisticRegression.fit(
                set.features().select(learned),
                ClassTargets.ofLabels(labels(set, learned), set.classes().size()),
                LogisticSettings.DEFAULT.withC(C));
        FeatureMatrix features = set.features().select(judged);
        double[][] probabilities = model.probabilities(features);
        int[][] ranked = new int[judged.length][];
        double[][] scores = new double[judged.length][];
        for (int i = 0; i < judged.length; i++) {
            double[] own = probabilities[i];
            ranked[i] = IntStream.range(0, own.length)
                    .boxed()
                    .sorted((one, other) -> Double.compare(own[other], own[one]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            scores[i] =
                    Arrays.stream(ranked[i]).mapToDouble(label -> own[label]).toArray();
        }
        Map<CameraChange, JudgedSet> sets = new EnumMap<>(CameraChange.class);
        sets.put(
                CameraChange.NONE,
                new JudgedSet(
                        new ClassPredictions(set.classes().size(), ranked, scores),
                        labels(set, judged),
                        projected(features)));
        return new JudgedModel(set.name() + ", logistic regression on SqueezeNet's embeddings", sets);
    }

    private static int[] labels(EmbeddedSet set, int[] rows) {
        return Arrays.stream(rows).map(row -> set.labels()[row]).toArray();
    }

    private static int[] shuffled(int count) {
        int[] order = IntStream.range(0, count).toArray();
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return order;
    }

    private static FeatureMatrix projected(FeatureMatrix features) {
        Random random = new Random(SEED);
        int length = features.columns();
        double[][] projection = new double[DIMENSIONS][length];
        for (double[] row : projection) {
            Arrays.setAll(row, _ -> random.nextGaussian() / Math.sqrt(length));
        }
        float[][] rows = new float[features.rows()][DIMENSIONS];
        for (int i = 0; i < rows.length; i++) {
            float[] image = features.row(i);
            for (int d = 0; d < DIMENSIONS; d++) {
                double sum = 0;
                for (int k = 0; k < length; k++) {
                    sum += image[k] * projection[d][k];
                }
                rows[i][d] = (float) sum;
            }
        }
        return FeatureMatrix.of(rows);
    }
}
