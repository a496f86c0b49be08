package dev.fovea.bench.accuracy;

import dev.fovea.statistics.estimation.ClassPredictions;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.util.Arrays;

/**
 * Images with known labels as a model predicted them.
 *
 * @param predictions {@code [N]}
 * @param truth {@code [N]}
 * @param features {@code [N,D]} measures and projected embedding
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
record JudgedSet(ClassPredictions predictions, int[] truth, FeatureMatrix features) {

    JudgedSet select(int[] rows) {
        return new JudgedSet(
                predictions.select(rows),
                Arrays.stream(rows).map(row -> truth[row]).toArray(),
                features.select(rows));
    }

    /** Whether each prediction is right, 0 or 1. */
    double[] outcomes() {
        double[] outcomes = new double[truth.length];
        Arrays.setAll(outcomes, i -> predictions.predicted(i) == truth[i] ? 1 : 0);
        return outcomes;
    }

    double accuracy() {
        return Arrays.stream(outcomes()).average().orElseThrow();
    }

    int size() {
        return truth.length;
    }
}
