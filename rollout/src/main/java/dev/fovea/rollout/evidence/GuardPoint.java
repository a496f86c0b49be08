package dev.fovea.rollout.evidence;

import dev.fovea.statistics.Interval;
import java.util.ArrayList;
import java.util.List;

/**
 * What a guard showed after some images, kept so that people can see how it went.
 *
 * @param images of the candidate that count
 */
public record GuardPoint(long images, GuardIntervals intervals) {

    private static final long FIRST = 20;

    /** By how much the images grow from one point to the next, so that a rollout has about fifty. */
    private static final double GROWTH = 1.3;

    /** The evidence as it is now. */
    public static GuardPoint of(GuardPlan plan, GuardEvidence evidence) {
        return new GuardPoint(evidence.estimate(plan).images(), evidence.intervals(plan, Interval.DEFAULT_LEVEL));
    }

    /** The points so far, with one more where the images have grown enough since the last. */
    static List<GuardPoint> with(List<GuardPoint> course, GuardPlan plan, GuardEvidence evidence) {
        long images = evidence.estimate(plan).images();
        double next = course.isEmpty() ? FIRST : GROWTH * course.getLast().images();
        if (images < next) {
            return course;
        }
        List<GuardPoint> more = new ArrayList<>(course);
        more.add(of(plan, evidence));
        return more;
    }
}
