package dev.fovea.pipeline.head;

import dev.fovea.model.head.FeatureTransform;
import dev.fovea.statistics.ConfusionMatrix;
import dev.fovea.statistics.linear.BalanceChoice;
import dev.fovea.statistics.linear.ClassBalance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a head was fitted, and what simpler classifiers on the same features are worth.
 *
 * @param features their number
 * @param choices what was decided by cross-validation
 * @param validation the predictions of cross-validation
 * @param baselines on the test images
 * @param images training images
 * @param seconds of features and fit
 * @param teachers what teachers changed; empty without one
 */
public record HeadReport(
        int features,
        HeadChoices choices,
        HeadScores validation,
        List<HeadScores> baselines,
        int images,
        double seconds,
        Optional<TaughtHead> teachers) {

    public HeadReport {
        baselines = List.copyOf(baselines);
    }

    /**
     * What cross-validation decided.
     *
     * @param view how images are brought to the backbone's size
     * @param transform of the features before the linear classifier
     * @param c inverse strength of the penalty
     * @param rare how rare classes are favoured
     */
    public record HeadChoices(InputView view, FeatureTransform transform, double c, RareClasses rare) {}

    /**
     * How rare classes are favoured, chosen by macro-F1 and the worst class in cross-validation.
     *
     * @param imbalance images of the largest class for each of the smallest
     * @param tried number of ways that were compared with favouring none
     * @param balance how the fit counts images of rare classes
     * @param tau strength of the adjustment of logits for the classes' shares
     * @param without what the head is worth without it
     * @param with what it is worth as it is
     */
    public record RareClasses(
            double imbalance,
            int tried,
            ClassBalance balance,
            double tau,
            RareClassScores without,
            RareClassScores with) {

        static RareClasses of(HeadFit fit) {
            BalanceChoice choice = fit.balance();
            return new RareClasses(
                    fit.imbalance(),
                    choice.tried(),
                    choice.chosen().balance(),
                    choice.chosen().prior().tau(),
                    RareClassScores.of(choice.plain()),
                    RareClassScores.of(choice.chosen()));
        }

        private boolean favours() {
            return balance != ClassBalance.NONE || tau > 0;
        }

        private String words() {
            List<String> ways = new ArrayList<>();
            switch (balance) {
                case NONE -> {
                    // only the logits are adjusted
                }
                case ROOT_WEIGHTS -> ways.add("weights by the square root of rarity");
                case WEIGHTS -> ways.add("weights by rarity, as oversampling has");
                case UNDERSAMPLED -> ways.add("undersampling to the smallest class");
                case FOCAL -> ways.add("the focal loss");
            }
            if (tau > 0) {
                ways.add("%s of the log share taken off the logits".formatted(tau));
            }
            return String.join(" and ", ways);
        }

        /** In one sentence; empty where classes are about equal and nothing was changed. */
        Optional<String> sentence() {
            if (!favours()) {
                return imbalance < 2 || tried == 0
                        ? Optional.empty()
                        : Optional.of(
                                "Rare classes are not favoured: none of %d ways was better in cross-validation (macro-F1 %s, lowest recall of a class %s)."
                                        .formatted(tried, score(with.macroF1()), percent(with.worstRecall())));
            }
            return Optional.of(
                    "Rare classes are favoured by %s, the best of %d ways in cross-validation: macro-F1 %s instead of %s, lowest recall of a class %s instead of %s."
                            .formatted(
                                    words(),
                                    tried,
                                    score(with.macroF1()),
                                    score(without.macroF1()),
                                    percent(with.worstRecall()),
                                    percent(without.worstRecall())));
        }

        private static String score(double value) {
            return String.format(Locale.ROOT, "%.3f", value);
        }

        private static String percent(double value) {
            return String.format(Locale.ROOT, "%.1f %%", 100 * value);
        }
    }

    /** What matters for rare classes, 0 to 1. */
    public record RareClassScores(double macroF1, double worstRecall) {

        static RareClassScores of(BalanceChoice.BalancedWay way) {
            return new RareClassScores(way.macroF1(), way.worstRecall());
        }
    }

    /** What a classifier is worth on some images. */
    public record HeadScores(String classifier, double accuracy, double macroF1) {

        static HeadScores of(String classifier, ConfusionMatrix confusion) {
            return new HeadScores(
                    classifier,
                    confusion.accuracy().orElse(0),
                    confusion.macroF1().orElse(0));
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s %.1f %% (macro-F1 %.3f)", classifier, 100 * accuracy, macroF1);
        }
    }

    /** For the lineage. */
    public Map<String, String> described() {
        return new TreeMap<>(Map.of(
                "features", Integer.toString(features),
                "input_view", choices.view().toString(),
                "feature_transform", choices.transform().toString(),
                "c", Double.toString(choices.c()),
                "class_balance", choices.rare().balance().toString(),
                "prior_tau", Double.toString(choices.rare().tau())));
    }

    /** The result in one line. */
    public String sentence() {
        String fitted = String.format(
                Locale.ROOT,
                "The head was fitted to %s%,d features of %,d images in %.1f s (C %s). In cross-validation %.1f %% are right. On the test images, for comparison: %s.",
                choices.transform() == FeatureTransform.SIGNED_ROOTS ? "the square roots of " : "",
                features,
                images,
                seconds,
                choices.c(),
                100 * validation.accuracy(),
                String.join(", ", baselines.stream().map(HeadScores::toString).toList()));
        return Stream.of(
                        teachers.map(TaughtHead::sentence),
                        Optional.of(fitted),
                        choices.rare().sentence())
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
    }
}
