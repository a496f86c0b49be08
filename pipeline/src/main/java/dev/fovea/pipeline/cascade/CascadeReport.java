package dev.fovea.pipeline.cascade;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.fovea.statistics.CascadeCurve;
import dev.fovea.statistics.CascadePoint;
import dev.fovea.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A planned cascade with its metrics.
 *
 * @param images number of images, and of those left out
 * @param learningUnknown models with unknown training data
 * @param goal requested accuracy, and whether it is reached
 * @param unit of the costs
 * @param chosen the best threshold, as measured
 * @param expected the same on new images
 * @param curve thresholds in even steps of the escalated share, with both ends and the best one
 */
public record CascadeReport(
        @JsonUnwrapped CascadePair models,
        @JsonUnwrapped PlanImages images,
        List<String> learningUnknown,
        @JsonUnwrapped Goal goal,
        String unit,
        PlanPoint chosen,
        PlanPoint expected,
        List<PlanPoint> curve) {

    private static final int ROWS = 12;

    /** The small and the larger model. */
    public record CascadePair(String model, String larger) {}

    /** Numbers of images: used, and left out: learned from, repeated, or failed by error code. */
    public record PlanImages(int images, int learnedFrom, int repeated, Map<String, Integer> failed) {}

    /** The accuracy requested. */
    public record Goal(double wanted, boolean reached, boolean applied) {}

    /** One threshold; at 0 only the small model serves, at 2 only the larger one. */
    public record PlanPoint(double threshold, Interval accuracy, Interval share, Interval costPerThousand) {
        static PlanPoint of(CascadePoint point) {
            return new PlanPoint(point.threshold(), point.accuracy(), point.escalated(), point.costPerThousand());
        }
    }

    public CascadeReport {
        learningUnknown = List.copyOf(learningUnknown);
        curve = List.copyOf(curve);
    }

    /** The report of a plan. */
    public static CascadeReport of(CascadePlanning.CascadePlanResult result) {
        CascadePlan plan = result.plan();
        Map<String, Integer> failed = new TreeMap<>();
        plan.scores().failed().forEach((code, count) -> failed.put(code.name(), count));
        return new CascadeReport(
                new CascadePair(result.model(), result.larger().toString()),
                new PlanImages(
                        plan.scores().outcomes().size(),
                        plan.images().learnedFrom(),
                        plan.images().repeated(),
                        failed),
                plan.unknown(),
                new Goal(result.threshold().wanted(), result.isReached(), result.applied()),
                plan.unit(),
                PlanPoint.of(result.threshold().chosen()),
                PlanPoint.of(result.threshold().expected()),
                curve(result));
    }

    private static List<PlanPoint> curve(CascadePlanning.CascadePlanResult result) {
        List<CascadePoint> all =
                CascadeCurve.of(result.plan().scores().outcomes()).points();
        double threshold = result.threshold().chosen().threshold();
        List<PlanPoint> some = new ArrayList<>();
        int last = -1;
        for (int row = 0; row < ROWS; row++) {
            int place = Math.round((float) row * (all.size() - 1) / (ROWS - 1));
            for (int i = last + 1; i <= place; i++) {
                if (i == place || all.get(i).threshold() == threshold) {
                    some.add(PlanPoint.of(all.get(i)));
                }
            }
            last = Math.max(last, place);
        }
        return some;
    }
}
