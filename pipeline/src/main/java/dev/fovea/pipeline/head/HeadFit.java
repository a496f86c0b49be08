package dev.fovea.pipeline.head;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.head.FeatureTransform;
import dev.fovea.model.head.LinearHead;
import dev.fovea.statistics.ConfusionMatrix;
import dev.fovea.statistics.PermutationTest;
import dev.fovea.statistics.linear.BalanceChoice;
import dev.fovea.statistics.linear.ClassBalance;
import dev.fovea.statistics.linear.ClassTargets;
import dev.fovea.statistics.linear.FeatureMatrix;
import dev.fovea.statistics.linear.LogisticRegression;
import dev.fovea.statistics.linear.LogisticSettings;
import dev.fovea.statistics.linear.OutOfFold;
import dev.fovea.statistics.linear.PriorCorrection;
import dev.fovea.statistics.linear.StratifiedFolds;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A head fitted to features, plain or their signed roots: multinomial logistic regression. What has the lowest log loss
 * in cross-validation is taken, with rare classes favoured in the way that finds them better. Standardization is folded
 * into the weights. Pure.
 *
 * @param transform of the features, which the network gives plain
 * @param head on the transformed features
 * @param balance how rare classes are favoured, with the predictions of cross-validation
 * @param imbalance images of the largest class for each of the smallest
 * @param outOfFold the predictions of cross-validation against the labels
 */
record HeadFit(
        FeatureTransform transform,
        LinearHead head,
        BalanceChoice balance,
        double imbalance,
        ConfusionMatrix outOfFold) {

    private static final int FOLDS = 5;

    /** The penalty of more images is chosen on a part of them. */
    static final int MAX_VALIDATED = 20_000;

    private static final double LEVEL = 0.05;

    /** Where classes differ by less, their logits are adjusted at most. */
    private static final double IMBALANCED = 2;

    /**
     * What a head is fitted to.
     *
     * @param features {@code [N,D]}
     * @param targets {@code [N,K]}
     * @param groups {@code [N]}, rows of one number stay together in cross-validation
     * @param labels {@code [N]} classes that folds are stratified by and predictions compared with
     */
    @SuppressWarnings("ArrayRecordComponent") // not compared
    record Examples(FeatureMatrix features, ClassTargets targets, int[] groups, int[] labels) {

        /** Examples whose labels are the greatest of their targets. */
        Examples(FeatureMatrix features, ClassTargets targets, int[] groups) {
            this(features, targets, groups, targets.labels());
        }

        /** The same with other targets; folds stay what they are. */
        Examples with(ClassTargets other) {
            return new Examples(features, other, groups, labels);
        }

        /** The same with transformed features. */
        Examples transformed(FeatureTransform transform) {
            return switch (transform) {
                case PLAIN -> this;
                case SIGNED_ROOTS -> new Examples(features.signedRoots(), targets, groups, labels);
            };
        }

        /** Some of the rows. */
        Examples select(int[] rows) {
            return new Examples(
                    features.select(rows),
                    targets.select(rows),
                    IntStream.of(rows).map(row -> groups[row]).toArray(),
                    IntStream.of(rows).map(row -> labels[row]).toArray());
        }

        /** About so many of the rows, with all classes in their shares. */
        Examples sample(int most, long seed) {
            int parts = (targets.rows() + most - 1) / most;
            return parts < 2
                    ? this
                    : select(StratifiedFolds.of(labels, parts, seed).inside(0));
        }
    }

    /** The folds of some examples and the predictions of each without its own. */
    record CrossValidation(StratifiedFolds folds, OutOfFold predictions) {

        static CrossValidation of(Examples examples, long seed) {
            long groups = IntStream.of(examples.groups()).distinct().count();
            StratifiedFolds folds =
                    StratifiedFolds.of(examples.labels(), examples.groups(), (int) Math.min(FOLDS, groups), seed);
            return new CrossValidation(folds, OutOfFold.fit(examples.features(), examples.targets(), folds));
        }
    }

    /**
     * Fits.
     *
     * @param transforms of the features to choose from, at least one
     * @param balanced whether the correction for rare classes is tried
     * @param seed of the folds
     * @throws FoveaException {@code DATASET_INVALID} for images that are all equal, and for labels that are predicted
     *     no better than by chance
     */
    static HeadFit of(Examples examples, List<FeatureTransform> transforms, boolean balanced, long seed) {
        requireDifferent(examples.features());
        Examples validated = examples.sample(MAX_VALIDATED, seed);
        FeatureTransform transform = transforms.getFirst();
        CrossValidation validation = CrossValidation.of(validated.transformed(transform), seed);
        for (FeatureTransform other : transforms.subList(1, transforms.size())) {
            CrossValidation tried = CrossValidation.of(validated.transformed(other), seed);
            if (tried.predictions().logLoss() < validation.predictions().logLoss()) {
                transform = other;
                validation = tried;
            }
        }
        requireSignal(validated.targets(), validation.predictions(), seed);
        double imbalance = imbalance(examples.targets());
        BalanceChoice balance =
                balance(validated.transformed(transform), validation, balanced, imbalance >= IMBALANCED, seed);
        BalanceChoice.BalancedWay way = balance.chosen();
        ClassTargets counted = way.balance().of(examples.targets(), seed);
        LogisticRegression fitted = LogisticRegression.fit(
                examples.transformed(transform).features(),
                counted,
                LogisticSettings.DEFAULT
                        .withC(way.fit().c())
                        .withFocus(way.balance().focus()));
        return new HeadFit(
                transform,
                head(fitted, examples.features().columns(), way.prior().shifts(counted)),
                balance,
                imbalance,
                ConfusionMatrix.tally(validated.targets().classes(), validated.labels(), way.predictions()));
    }

    private static BalanceChoice balance(
            Examples validated, CrossValidation validation, boolean balanced, boolean imbalanced, long seed) {
        if (!balanced) {
            return BalanceChoice.plain(validated.targets(), validation.predictions());
        }
        return BalanceChoice.of(
                imbalanced ? List.of(ClassBalance.values()) : List.of(),
                validated.targets(),
                balance -> balance == ClassBalance.NONE
                        ? validation.predictions()
                        : OutOfFold.fit(
                                validated.features(),
                                balance.of(validated.targets(), seed),
                                validation.folds(),
                                LogisticSettings.DEFAULT.withFocus(balance.focus())),
                seed);
    }

    /** Images of the largest class for each of the smallest that has some. */
    private static double imbalance(ClassTargets targets) {
        IntSummaryStatistics counts = IntStream.of(targets.labels())
                .boxed()
                .collect(Collectors.groupingBy(label -> label, Collectors.summingInt(_ -> 1)))
                .values()
                .stream()
                .mapToInt(Integer::intValue)
                .summaryStatistics();
        return (double) counts.getMax() / counts.getMin();
    }

    private static LinearHead head(LogisticRegression fitted, int features, double[] shifts) {
        int classes = fitted.classes();
        float[] weights = new float[classes * features];
        float[] bias = new float[classes];
        for (int k = 0; k < classes; k++) {
            for (int d = 0; d < features; d++) {
                weights[k * features + d] = (float) fitted.weight(k, d);
            }
            bias[k] = (float) (fitted.intercept(k) + shifts[k]);
        }
        return new LinearHead(classes, features, weights, bias);
    }

    private static void requireDifferent(FeatureMatrix features) {
        for (int row = 1; row < features.rows(); row++) {
            for (int d = 0; d < features.columns(); d++) {
                if (features.value(row, d) != features.value(0, d)) {
                    return;
                }
            }
        }
        throw new FoveaException(
                ErrorCode.DATASET_INVALID,
                "All %d training images have the same features, as equal images have. Use images that differ, or another backbone."
                        .formatted(features.rows()));
    }

    /**
     * All classes count the same: where one is rare, it may be told from the others and still never be the likeliest.
     */
    private static void requireSignal(ClassTargets targets, OutOfFold fit, long seed) {
        PermutationTest test = PermutationTest.of(
                targets.classes(),
                targets.labels(),
                PriorCorrection.FULL.predictions(fit.probabilities(), targets),
                seed);
        if (test.pValue() > LEVEL) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    String.format(
                            Locale.ROOT,
                            "The features tell the labels of %d training images no better than chance: in cross-validation %.1f %% of each class are right on average, and %.1f %% with shuffled labels (p = %.3f). Check that the labels belong to the images, add images, or use another backbone.",
                            targets.rows(),
                            100 * test.balancedAccuracy(),
                            100 * test.chance(),
                            test.pValue()));
        }
    }
}
