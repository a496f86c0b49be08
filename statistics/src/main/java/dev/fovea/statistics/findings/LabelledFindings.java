package dev.fovea.statistics.findings;

import dev.fovea.statistics.BootstrapInterval;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.Require;
import dev.fovea.statistics.estimation.SurveyInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Precision, recall and mean average precision from images with labels, which are a random sample of N. Things of one
 * image are not independent, so images are what is sampled: precision and recall are ratios of sums over images, with
 * the variance of the linearized ratio (W. Cochran, Sampling Techniques, 3rd edition 1977, section 6.4) in
 * {@link SurveyInterval}; the mean average precision is resampled by image.
 *
 * @param exact the share of images in which everything is right and nothing is missed
 * @param meanAveragePrecision the mean over the classes that are there, at the overlap
 *     {@link ImageFindings#MIN_OVERLAP}
 * @param classes those that were found or are there
 */
public record LabelledFindings(Interval exact, Optional<Interval> meanAveragePrecision, List<FindingRates> classes) {

    private static final int DRAWS = 500;
    private static final long SEED = 3;

    public LabelledFindings {
        classes = List.copyOf(classes);
    }

    /**
     * Estimates.
     *
     * @param images n, at least 1
     * @param weights {@code [n]} inversely proportional to the probability of each image
     * @param population N, at least n
     * @param classes K
     */
    public static LabelledFindings of(List<ImageFindings> images, double[] weights, double population, int classes) {
        Require.that(
                !images.isEmpty() && images.size() == weights.length,
                "%d images and %d weights; there must be as many and at least one.",
                images.size(),
                weights.length);
        Require.that(population >= images.size(), "%d of %s images.", images.size(), population);
        Sampled sampled = new Sampled(images, weights, 1 - images.size() / population);
        List<FindingRates> figures = new ArrayList<>();
        for (int label = 0; label < classes; label++) {
            sampled.figures(label).ifPresent(figures::add);
        }
        Interval exact = sampled.ratio(image -> image.isExact() ? 1 : 0, _ -> 1).orElseThrow();
        return new LabelledFindings(exact, sampled.meanAveragePrecision(classes), figures);
    }

    /** @param rest the share of the population that has no labels */
    private record Sampled(List<ImageFindings> images, double[] weights, double rest) {

        Optional<FindingRates> figures(int label) {
            Optional<Interval> precision = ratio(image -> right(image, label), image -> found(image, label));
            Optional<Interval> recall =
                    ratio(image -> right(image, label), image -> right(image, label) + missed(image, label));
            if (precision.isEmpty() && recall.isEmpty()) {
                return Optional.empty();
            }
            RankedFindings ranked = RankedFindings.of(images, label);
            double average = ranked.averagePrecision(weights);
            return Optional.of(new FindingRates(
                    label, precision, recall, Double.isNaN(average) ? Optional.empty() : Optional.of(average)));
        }

        /** The ratio of two sums over images; empty where the second is 0. */
        Optional<Interval> ratio(
                ToDoubleFunction<ImageFindings> numerator, ToDoubleFunction<ImageFindings> denominator) {
            double above = 0;
            double below = 0;
            int with = 0;
            double sum = 0;
            double squaredWeights = 0;
            for (int i = 0; i < weights.length; i++) {
                double own = denominator.applyAsDouble(images.get(i));
                above += weights[i] * numerator.applyAsDouble(images.get(i));
                below += weights[i] * own;
                if (own > 0) {
                    with++;
                    sum += weights[i];
                    squaredWeights += weights[i] * weights[i];
                }
            }
            if (with == 0) {
                return Optional.empty();
            }
            double ratio = above / below;
            double squares = 0;
            for (int i = 0; i < weights.length; i++) {
                ImageFindings image = images.get(i);
                double residual =
                        weights[i] * (numerator.applyAsDouble(image) - ratio * denominator.applyAsDouble(image));
                squares += residual * residual;
            }
            if (rest <= 0) {
                return Optional.of(new Interval(ratio, ratio, ratio));
            }
            double correction = with > 1 ? with / (with - 1.0) : 1;
            double size = sum * sum / squaredWeights; // Kish's
            return Optional.of(SurveyInterval.of(ratio, rest * correction * squares / (below * below), size / rest));
        }

        Optional<Interval> meanAveragePrecision(int classes) {
            List<RankedFindings> ranked = new ArrayList<>();
            for (int label = 0; label < classes; label++) {
                RankedFindings own = RankedFindings.of(images, label);
                if (!Double.isNaN(own.averagePrecision(weights))) {
                    ranked.add(own);
                }
            }
            if (ranked.isEmpty()) {
                return Optional.empty();
            }
            double value = mean(ranked, weights);
            if (rest <= 0) {
                return Optional.of(new Interval(value, value, value));
            }
            SplittableRandom random = new SplittableRandom(SEED);
            double[] resampled = new double[DRAWS];
            double shrink = Math.sqrt(rest);
            for (int draw = 0; draw < DRAWS; draw++) {
                double[] drawn = new double[weights.length];
                for (int i = 0; i < weights.length; i++) {
                    int chosen = random.nextInt(weights.length);
                    drawn[chosen] += weights[chosen];
                }
                resampled[draw] = value + shrink * (mean(ranked, drawn) - value);
            }
            return Optional.of(BootstrapInterval.of(value, resampled, Interval.DEFAULT_LEVEL));
        }

        /** Over the classes that the drawn images show; NaN where they show none. */
        private static double mean(List<RankedFindings> ranked, double[] weights) {
            double sum = 0;
            int count = 0;
            for (RankedFindings own : ranked) {
                double average = own.averagePrecision(weights);
                sum += Double.isNaN(average) ? 0 : average;
                count += Double.isNaN(average) ? 0 : 1;
            }
            return sum / count;
        }

        private static double right(ImageFindings image, int label) {
            return image.found().stream()
                    .filter(one -> one.label() == label && one.right())
                    .count();
        }

        private static double found(ImageFindings image, int label) {
            return image.found().stream().filter(one -> one.label() == label).count();
        }

        private static double missed(ImageFindings image, int label) {
            return image.missed().stream().filter(one -> one == label).count();
        }
    }
}
