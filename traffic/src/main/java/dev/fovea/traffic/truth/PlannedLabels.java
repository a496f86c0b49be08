package dev.fovea.traffic.truth;

import dev.fovea.registry.VersionId;
import java.time.Instant;
import java.util.List;

/**
 * Predictions that were drawn for labelling, so that a version's accuracy is known to a stated precision.
 *
 * @param id of the plan
 * @param version whose predictions were drawn
 * @param made when it was drawn; a plan that extends another begins with its draws
 * @param from the first time of the predictions that were drawn from
 * @param to the time after the last
 * @param population how many predictions were drawn from
 * @param within the wanted half of the interval
 * @param draws in the order in which they must be labelled
 */
public record PlannedLabels(
        String id,
        VersionId version,
        Instant made,
        Instant from,
        Instant to,
        int population,
        double within,
        List<LabelDraw> draws) {

    private static final double SAME = 1e-9;

    /**
     * One draw; a prediction that is drawn twice is labelled once.
     *
     * @param request the request's id
     * @param probability of this draw
     */
    public record LabelDraw(String request, double probability) {}

    public PlannedLabels {
        draws = List.copyOf(draws);
    }

    /** Whether the draws are a simple random sample: each prediction was as probable, and none was drawn twice. */
    public boolean drawnEvenly() {
        double each = 1.0 / population;
        return draws.stream().allMatch(draw -> Math.abs(draw.probability() - each) < SAME * each)
                && draws.stream().map(LabelDraw::request).distinct().count() == draws.size();
    }
}
