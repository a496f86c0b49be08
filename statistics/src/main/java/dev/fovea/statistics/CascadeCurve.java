package dev.fovea.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All that a cascade of two models can be: a small one that answers when it is sure and a large one that answers
 * otherwise, for each threshold that tells apart what the evaluation saw. This is the deferral by confidence of W.
 * Jitkrittum, N. Gupta, A. K. Menon, H. Narasimhan, A. S. Rawat and S. Kumar, "When does confidence-based cascade
 * deferral suffice?", NeurIPS 2023.
 *
 * <p>With the n images sorted by rising confidence, passing on the first k of them gives {@code (largeRight(1..k) +
 * smallRight(k+1..n)) / n} right answers. Images of equal confidence are passed on together or not at all. Accuracy
 * need not rise with k, not even to the end: a large model may be wrong where the small one is right.
 */
public final class CascadeCurve {

    /** The threshold that no confidence reaches: the large model answers everything. */
    public static final double NEVER_SURE = 2;

    /** In answers. */
    private static final double ROUNDING = 1e-9;

    /**
     * What is passed on up to one place in the order.
     *
     * @param threshold the confidence that follows
     * @param escalated k
     * @param right answers of the whole cascade that are right
     * @param passedOn what those k cost in both models together
     */
    record Step(double threshold, int escalated, int right, RunningMean passedOn) {}

    private final int images;
    private final List<Step> steps;

    /** What the last n - k images of the order cost in the small model, by k. */
    private final RunningMean[] kept;

    private CascadeCurve(int images, List<Step> steps, RunningMean[] kept) {
        this.images = images;
        this.steps = steps;
        this.kept = kept;
    }

    /** The curve of an evaluation in any order; {@code ARGUMENT_INVALID} without images. */
    public static CascadeCurve of(List<CascadeOutcome> outcomes) {
        Require.that(!outcomes.isEmpty(), "A cascade is judged on images; give at least one.");
        List<CascadeOutcome> sorted = outcomes.stream()
                .sorted(Comparator.comparingDouble(CascadeOutcome::confidence))
                .toList();
        List<Step> steps = new ArrayList<>();
        int right = (int) sorted.stream().filter(CascadeOutcome::smallRight).count();
        RunningMean both = RunningMean.EMPTY;
        steps.add(new Step(0, 0, right, both));
        for (int k = 1; k <= sorted.size(); k++) {
            CascadeOutcome passedOn = sorted.get(k - 1);
            right += (passedOn.largeRight() ? 1 : 0) - (passedOn.smallRight() ? 1 : 0);
            both = both.plus(passedOn.costs().both());
            double next = k < sorted.size() ? sorted.get(k).confidence() : NEVER_SURE;
            if (next > passedOn.confidence()) {
                steps.add(new Step(next, k, right, both));
            }
        }
        return new CascadeCurve(sorted.size(), steps, kept(sorted));
    }

    private static RunningMean[] kept(List<CascadeOutcome> sorted) {
        RunningMean[] kept = new RunningMean[sorted.size() + 1];
        kept[sorted.size()] = RunningMean.EMPTY;
        for (int k = sorted.size() - 1; k >= 0; k--) {
            kept[k] = kept[k + 1].plus(sorted.get(k).costs().small());
        }
        return kept;
    }

    /** Each point by rising threshold: the small model alone first, the large one alone last. */
    public List<CascadePoint> points() {
        return steps.stream().map(this::point).toList();
    }

    /** The step that passes on the fewest and whose accuracy reaches a wanted one, else the most accurate. */
    Step cheapest(double wanted) {
        return steps.stream().filter(step -> reaches(step, wanted)).findFirst().orElseGet(this::mostAccurate);
    }

    /** Whether a step's accuracy is at least the wanted one, up to rounding. */
    boolean reaches(Step step, double wanted) {
        return step.right() >= wanted * images - ROUNDING;
    }

    /** Of several that are equally accurate the one that passes on the fewest. */
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
                        kept[step.escalated()],
                        step.passedOn(),
                        kept[0],
                        steps.getLast().passedOn()));
    }
}
