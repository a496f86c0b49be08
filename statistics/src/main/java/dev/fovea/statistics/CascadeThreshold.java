package dev.fovea.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The confidence threshold of a cascade, computed from an evaluation for a wanted accuracy. It escalates the fewest
 * images.
 *
 * <p>The accuracy at a threshold that was chosen on the same images is optimistic on average. Each result therefore
 * also has the accuracy, share and cost of the <em>selection itself</em>, by cross-validation (M. Stone,
 * "Cross-validatory choice and assessment of statistical predictions", Journal of the Royal Statistical Society B 36
 * (1974) 111–147): each tenth of the images is evaluated at the threshold chosen on the other nine. Expect these values
 * in production. Their intervals treat the images as independent trials and ignore the small dependence between the ten
 * choices. See {@link CascadeCostInterval} for the cost.
 */
public sealed interface CascadeThreshold {

    /** The wanted accuracy. */
    double wanted();

    /** The chosen point, on the images that it was chosen on. */
    CascadePoint chosen();

    /** The expected values on other images; the threshold is that of the chosen point. */
    CascadePoint expected();

    /** A threshold reaches the wanted accuracy. {@link #expected} has the values to expect on other images. */
    record Reached(double wanted, CascadePoint chosen, CascadePoint expected) implements CascadeThreshold {}

    /** No threshold reaches it; the chosen point is the most accurate. */
    record OutOfReach(double wanted, CascadePoint chosen, CascadePoint expected) implements CascadeThreshold {}

    /** Number of cross-validation folds. */
    int FOLDS = 10;

    /** Minimum number of images. */
    int FEWEST = 2 * FOLDS;

    /**
     * Chooses the threshold.
     *
     * @param outcomes of an evaluation on images outside both training sets, at least 20
     * @param wanted accuracy, above 0 and up to 1
     */
    static CascadeThreshold choose(List<CascadeOutcome> outcomes, double wanted) {
        Require.that(wanted > 0 && wanted <= 1, "The wanted accuracy is %s; it must be above 0 and at most 1.", wanted);
        Require.that(
                outcomes.size() >= FEWEST,
                "A threshold needs at least %d images; there are %d.",
                FEWEST,
                outcomes.size());
        CascadeCurve curve = CascadeCurve.of(outcomes);
        CascadeCurve.Step step = curve.cheapest(wanted);
        CascadePoint chosen = curve.point(step);
        CascadePoint expected = expected(outcomes, wanted, chosen.threshold());
        return curve.reaches(step, wanted)
                ? new Reached(wanted, chosen, expected)
                : new OutOfReach(wanted, chosen, expected);
    }

    /** Folds are taken along the order of confidence, so that each is representative and independent of image order. */
    private static CascadePoint expected(List<CascadeOutcome> outcomes, double wanted, double threshold) {
        List<CascadeOutcome> sorted = outcomes.stream()
                .sorted(Comparator.comparingDouble(CascadeOutcome::confidence)
                        .thenComparing(CascadeOutcome::smallRight)
                        .thenComparing(CascadeOutcome::largeRight))
                .toList();
        int right = 0;
        RunningMean local = RunningMean.EMPTY;
        RunningMean escalated = RunningMean.EMPTY;
        RunningMean small = RunningMean.EMPTY;
        RunningMean both = RunningMean.EMPTY;
        for (int fold = 0; fold < FOLDS; fold++) {
            List<CascadeOutcome> evaluated = new ArrayList<>();
            List<CascadeOutcome> others = new ArrayList<>();
            for (int i = 0; i < sorted.size(); i++) {
                (i % FOLDS == fold ? evaluated : others).add(sorted.get(i));
            }
            double chosen = CascadeCurve.of(others).cheapest(wanted).threshold();
            for (CascadeOutcome outcome : evaluated) {
                boolean isEscalated = outcome.confidence() < chosen;
                CascadeCosts costs = outcome.costs();
                escalated = isEscalated ? escalated.plus(costs.both()) : escalated;
                local = isEscalated ? local : local.plus(costs.small());
                small = small.plus(costs.small());
                both = both.plus(costs.both());
                right += (isEscalated ? outcome.largeRight() : outcome.smallRight()) ? 1 : 0;
            }
        }
        int images = sorted.size();
        return new CascadePoint(
                threshold,
                WilsonInterval.of(right, images),
                WilsonInterval.of(escalated.count(), images),
                CascadeCostInterval.perThousand(local, escalated, small, both));
    }
}
