package dev.fovea.statistics.linear;

import dev.fovea.statistics.Require;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Out-of-fold probabilities: each row is predicted by a logistic regression that was fitted without its fold. C is the
 * one of a grid whose out-of-fold log loss is lowest. The grid is walked from strong to weak penalties, which ends
 * after two steps in a row without an improvement. Folds run in parallel; the result does not depend on it.
 */
public final class OutOfFold {

    /** Half decades from 1e-4 to 10: the optimum of standardized embeddings lies inside. */
    private static final double[] GRID = {1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1, 3, 10};

    private static final int PATIENCE = 2;

    private final double[][] probabilities;
    private final double c;
    private final double logLoss;

    private OutOfFold(double[][] probabilities, double c, double logLoss) {
        this.probabilities = probabilities;
        this.c = c;
        this.logLoss = logLoss;
    }

    /** {@link #fit(FeatureMatrix, ClassTargets, StratifiedFolds, LogisticSettings, double[])} over the usual grid. */
    public static OutOfFold fit(FeatureMatrix features, ClassTargets targets, StratifiedFolds folds) {
        return fit(features, targets, folds, LogisticSettings.DEFAULT, GRID);
    }

    /** Over the usual grid, with other settings; C is ignored. */
    public static OutOfFold fit(
            FeatureMatrix features, ClassTargets targets, StratifiedFolds folds, LogisticSettings settings) {
        return fit(features, targets, folds, settings, GRID);
    }

    /**
     * Fits the folds.
     *
     * @param features {@code [N,D]}
     * @param targets {@code [N,K]}
     * @param folds of N rows
     * @param settings C is ignored
     * @param cs C to choose from, ascending, at least one
     */
    public static OutOfFold fit(
            FeatureMatrix features,
            ClassTargets targets,
            StratifiedFolds folds,
            LogisticSettings settings,
            double[] cs) {
        Require.that(folds.rows() == targets.rows(), "Folds of %d rows for %d targets.", folds.rows(), targets.rows());
        Require.that(cs.length > 0, "No C to choose from; give at least one.");
        if (cs.length == 1) {
            return fit(features, targets, folds, settings, cs[0]);
        }
        List<Fold> fits = IntStream.range(0, folds.folds())
                .parallel()
                .mapToObj(fold -> new Fold(features, targets, folds, fold, settings))
                .toList();
        Optional<OutOfFold> best = Optional.empty();
        int worse = 0;
        for (int i = 0; i < cs.length && worse < PATIENCE; i++) {
            double c = cs[i];
            double[][] probabilities = new double[targets.rows()][];
            fits.parallelStream().forEach(fold -> fold.predict(c, probabilities));
            double loss = targets.logLoss(probabilities);
            if (best.isEmpty() || loss < best.get().logLoss) {
                best = Optional.of(new OutOfFold(probabilities, c, loss));
                worse = 0;
            } else {
                worse++;
            }
        }
        return best.orElseThrow();
    }

    /** The folds at one C; each thread holds the features of one fold at a time. */
    private static OutOfFold fit(
            FeatureMatrix features, ClassTargets targets, StratifiedFolds folds, LogisticSettings settings, double c) {
        double[][] probabilities = new double[targets.rows()][];
        IntStream.range(0, folds.folds())
                .parallel()
                .forEach(fold -> new Fold(features, targets, folds, fold, settings).predict(c, probabilities));
        return new OutOfFold(probabilities, c, targets.logLoss(probabilities));
    }

    /** {@code [N][K]}; the caller must not change them. */
    public double[][] probabilities() {
        return probabilities;
    }

    /** The chosen C. */
    public double c() {
        return c;
    }

    /** Mean log loss of the probabilities, in nats. */
    public double logLoss() {
        return logLoss;
    }

    /** One fold: its path of fits on the other folds' rows. */
    private static final class Fold {

        private final LogisticPath path;
        private final FeatureMatrix tested;
        private final int[] rows;

        Fold(FeatureMatrix features, ClassTargets targets, StratifiedFolds folds, int fold, LogisticSettings settings) {
            int[] others = folds.outside(fold);
            this.path = new LogisticPath(features.select(others), targets.select(others), settings);
            this.rows = folds.inside(fold);
            this.tested = features.select(rows);
        }

        /** Writes the fold's own rows, which no other fold writes. */
        void predict(double c, double[][] probabilities) {
            double[][] own = path.next(c).probabilities(tested);
            for (int i = 0; i < rows.length; i++) {
                probabilities[rows[i]] = own[i];
            }
        }
    }
}
