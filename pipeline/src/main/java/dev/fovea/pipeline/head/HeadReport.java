package dev.fovea.pipeline.head;

import dev.fovea.model.head.FeatureTransform;
import dev.fovea.statistics.ConfusionMatrix;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a head was fitted, and what simpler classifiers on the same features are worth.
 *
 * @param features their number
 * @param choices what was decided by cross-validation
 * @param validation the predictions of cross-validation
 * @param baselines on the test images
 * @param images training images
 * @param seconds of features and fit
 */
public record HeadReport(
        int features,
        HeadChoices choices,
        HeadScores validation,
        List<HeadScores> baselines,
        int images,
        double seconds) {

    public HeadReport {
        baselines = List.copyOf(baselines);
    }

    /**
     * What cross-validation decided.
     *
     * @param view how images are brought to the backbone's size
     * @param transform of the features before the linear classifier
     * @param c inverse strength of the penalty
     * @param tau strength of the correction for rare classes
     */
    public record HeadChoices(InputView view, FeatureTransform transform, double c, double tau) {}

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
                "prior_tau", Double.toString(choices.tau())));
    }

    /** The result in one line. */
    public String sentence() {
        return String.format(
                Locale.ROOT,
                "The head was fitted to %s%,d features of %,d images in %.1f s (C %s%s). In cross-validation %.1f %% are right. On the test images, for comparison: %s.",
                choices.transform() == FeatureTransform.SIGNED_ROOTS ? "the square roots of " : "",
                features,
                images,
                seconds,
                choices.c(),
                choices.tau() > 0 ? ", rare classes favoured by %s of their log prior".formatted(choices.tau()) : "",
                100 * validation.accuracy(),
                String.join(", ", baselines.stream().map(HeadScores::toString).toList()));
    }
}
