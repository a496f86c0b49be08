package dev.fovea.pipeline.head;

import dev.fovea.statistics.ConfusionMatrix;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a head was fitted, and what simpler classifiers on the same features are worth.
 *
 * @param features their number
 * @param view how images are brought to the backbone's size
 * @param c inverse strength of the penalty
 * @param tau strength of the correction for rare classes
 * @param validation the predictions of cross-validation
 * @param baselines on the test images
 * @param images training images
 * @param seconds of features and fit
 */
public record HeadReport(
        int features,
        InputView view,
        double c,
        double tau,
        HeadScores validation,
        List<HeadScores> baselines,
        int images,
        double seconds) {

    public HeadReport {
        baselines = List.copyOf(baselines);
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
                "input_view", view.toString(),
                "c", Double.toString(c),
                "prior_tau", Double.toString(tau)));
    }

    /** The result in one line. */
    public String sentence() {
        return String.format(
                Locale.ROOT,
                "The head was fitted to %,d features of %,d images in %.1f s (C %s%s). In cross-validation %.1f %% are right. On the test images, for comparison: %s.",
                features,
                images,
                seconds,
                c,
                tau > 0 ? ", rare classes favoured by %s of their log prior".formatted(tau) : "",
                100 * validation.accuracy(),
                String.join(", ", baselines.stream().map(HeadScores::toString).toList()));
    }
}
