package dev.fovea.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The confidence from which a small model's answer stands, computed from an evaluation for a wanted accuracy: the one
 * that passes the fewest images on to the large model.
 *
 * <p>The accuracy at a threshold that was chosen on the same images is too good on average, as the choice stops at the
 * first point that happens to reach the wanted one. Each result therefore also has the accuracy, share and cost of the
 * <em>choosing itself</em>, by cross-validation (M. Stone, "Cross-validatory choice and assessment of statistical
 * predictions", Journal of the Royal Statistical Society B 36 (1974) 111–147): a tenth of the images at a time is
 * judged at the threshold that the other nine tenths choose. That is the figure to expect in production. Its intervals
 * treat the images as independent trials, and that of the cost takes what each image cost together with whether it was
 * escalated ({@link CascadeCostInterval}), which leaves the small dependence between the ten choices aside.
 */
public sealed interface CascadeThreshold {

    /** The accuracy that was asked for. */
    double wanted();

    /** The chosen point, as seen on the images that it was chosen on. */
    CascadePoint chosen();

    /** What to expect of it on other images; its threshold is that of the chosen point. */
    CascadePoint expected();

    /** A threshold reaches the wanted accuracy. Whether it is to be expected elsewhere too, {@link #expected} says. */
    record Reached(double wanted, CascadePoint chosen, CascadePoint expected) implements CascadeThreshold {}

    /** None does; the chosen point is the most accurate there is. */
    record OutOfReach(double wanted, CascadePoint chosen, CascadePoint expected) implements CascadeThreshold {}

    /** Into how many parts the images are divided for the honest figures. */
    int FOLDS = 10;

    /** As few images as the division makes sense for. */
    int FEWEST = 2 * FOLDS;

    /**
     * Chooses the threshold.
     *
     * @param outcomes of an evaluation on images that neither model learned from, at least 20
     * @param wanted accuracy, above 0 and up to 1
     */
    static CascadeThreshold choose(List<CascadeOutcome> outcomes, double wanted) {
        Require.that(
                wanted > 0 && wanted <= 1, "The wanted accuracy is %s; it must lie above 0 and at most at 1.", wanted);
        Require.that(
                outcomes.size() >= FEWEST,
                "A threshold is chosen on %d images or more; these are %d.",
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

    /**
     * Parts are made along the order of confidence, so that each looks like the whole whatever order images came in.
     */
    private static CascadePoint expected(List<CascadeOutcome> outcomes, double wanted, double threshold) {
        List<CascadeOutcome> sorted = outcomes.stream()
                .sorted(Comparator.comparingDouble(CascadeOutcome::confidence)
                        .thenComparing(CascadeOutcome::smallRight)
                        .thenComparing(CascadeOutcome::largeRight))
                .toList();
        int right = 0;
        RunningMean kept = RunningMean.EMPTY;
        RunningMean escalated = RunningMean.EMPTY;
        RunningMean small = RunningMean.EMPTY;
        RunningMean both = RunningMean.EMPTY;
        for (int fold = 0; fold < FOLDS; fold++) {
            List<CascadeOutcome> judged = new ArrayList<>();
            List<CascadeOutcome> others = new ArrayList<>();
            for (int i = 0; i < sorted.size(); i++) {
                (i % FOLDS == fold ? judged : others).add(sorted.get(i));
            }
            double chosen = CascadeCurve.of(others).cheapest(wanted).threshold();
            for (CascadeOutcome outcome : judged) {
                boolean passedOn = outcome.confidence() < chosen;
                CascadeCosts costs = outcome.costs();
                escalated = passedOn ? escalated.plus(costs.both()) : escalated;
                kept = passedOn ? kept : kept.plus(costs.small());
                small = small.plus(costs.small());
                both = both.plus(costs.both());
                right += (passedOn ? outcome.largeRight() : outcome.smallRight()) ? 1 : 0;
            }
        }
        int images = sorted.size();
        return new CascadePoint(
                threshold,
                WilsonInterval.of(right, images),
                WilsonInterval.of(escalated.count(), images),
                CascadeCostInterval.perThousand(kept, escalated, small, both));
    }
}
