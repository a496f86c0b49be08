package dev.fovea.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The operating points of a cascade of two models: the small one serves confident predictions, and the large one serves
 * the others. There is one point for each threshold that separates evaluated images. Source (confidence-based
 * deferral): W. Jitkrittum, N. Gupta, A. K. Menon, H. Narasimhan, A. S. Rawat and S. Kumar, "When does confidence-based
 * cascade deferral suffice?", NeurIPS 2023.
 *
 * <p>With the n images sorted by rising confidence, escalating the first k gives {@code (largeRight(1..k) +
 * smallRight(k+1..n)) / n} correct predictions. Images of equal confidence are escalated together or not at all.
 * Accuracy need not rise with k: a large model may be wrong where the small one is right.
 */
public final class CascadeCurve {

    /** A threshold above every confidence: the large model serves every image. */
    public static final double NEVER_SURE = 2;

    /** Tolerance, in predictions. */
    private static final double ROUNDING = 1e-9;

    /**
     * The images that are escalated up to one position in the order.
     *
     * @param threshold the confidence that follows
     * @param escalated k
     * @param right correct predictions of the whole cascade
     * @param escalatedCosts costs of those k images in both models together
     */
    record Step(double threshold, int escalated, int right, RunningMean escalatedCosts) {}

    private final int images;
    private final List<Step> steps;

    /** Costs of the last n - k images in the small model, by k. */
    private final RunningMean[] local;

    private CascadeCurve(int images, List<Step> steps, RunningMean[] local) {
        this.images = images;
        this.steps = steps;
        this.local = local;
    }

    /** The curve of an evaluation in any order; {@code ARGUMENT_INVALID} without images. */
    public static CascadeCurve of(List<CascadeOutcome> outcomes) {
        Require.that(!outcomes.isEmpty(), "No images; a cascade needs at least one evaluated image.");
        List<CascadeOutcome> sorted = outcomes.stream()
                .sorted(Comparator.comparingDouble(CascadeOutcome::confidence))
                .toList();
        List<Step> steps = new ArrayList<>();
        int right = (int) sorted.stream().filter(CascadeOutcome::smallRight).count();
        RunningMean both = RunningMean.EMPTY;
        steps.add(new Step(0, 0, right, both));
        for (int k = 1; k <= sorted.size(); k++) {
            CascadeOutcome escalatedCosts = sorted.get(k - 1);
            right += (escalatedCosts.largeRight() ? 1 : 0) - (escalatedCosts.smallRight() ? 1 : 0);
            both = both.plus(escalatedCosts.costs().both());
            double next = k < sorted.size() ? sorted.get(k).confidence() : NEVER_SURE;
            if (next > escalatedCosts.confidence()) {
                steps.add(new Step(next, k, right, both));
            }
        }
        return new CascadeCurve(sorted.size(), steps, local(sorted));
    }

    private static RunningMean[] local(List<CascadeOutcome> sorted) {
        RunningMean[] local = new RunningMean[sorted.size() + 1];
        local[sorted.size()] = RunningMean.EMPTY;
        for (int k = sorted.size() - 1; k >= 0; k--) {
            local[k] = local[k + 1].plus(sorted.get(k).costs().small());
        }
        return local;
    }

    /** Each point by rising threshold: the small model alone first, the large one alone last. */
    public List<CascadePoint> points() {
        return steps.stream().map(this::point).toList();
    }

    /** The step with the fewest escalations that reaches the wanted accuracy, or else the most accurate step. */
    Step cheapest(double wanted) {
        return steps.stream().filter(step -> reaches(step, wanted)).findFirst().orElseGet(this::mostAccurate);
    }

    /** Whether a step's accuracy is at least the wanted one, up to rounding. */
    boolean reaches(Step step, double wanted) {
        return step.right() >= wanted * images - ROUNDING;
    }

    /** Among equally accurate steps, the one with the fewest escalations. */
    private Step mostAccurate() {
        Step best = steps.getFirst();
        for (Step step : steps) {
            best = step.right() > best.right() ? step : best;
        }
        return best;
    }

    CascadePoint point(Step step) {
        return new CascadePoint(
                step.threshold(),
                WilsonInterval.of(step.right(), images),
                WilsonInterval.of(step.escalated(), images),
                CascadeCostInterval.perThousand(
                        local[step.escalated()],
                        step.escalatedCosts(),
                        local[0],
                        steps.getLast().escalatedCosts()));
    }
}
