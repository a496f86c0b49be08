package dev.fovea.monitoring.accuracy;

import java.time.Instant;
import java.util.List;

/**
 * The label plans of a version.
 *
 * @param plans the newest first
 */
public record LabelPlanList(List<StoredPlan> plans) {

    public LabelPlanList {
        plans = List.copyOf(plans);
    }

    /**
     * A plan and what became of it.
     *
     * @param id of the plan
     * @param made when it was drawn
     * @param from the first time of the predictions that were drawn from
     * @param to the time after the last
     * @param population how many predictions were drawn from
     * @param within the wanted half of the interval
     * @param labelled how many of its predictions have labels
     * @param toLabel ids of the requests that have none, in the order in which they count
     */
    public record StoredPlan(
            String id,
            Instant made,
            Instant from,
            Instant to,
            int population,
            double within,
            int labelled,
            List<String> toLabel) {
        public StoredPlan {
            toLabel = List.copyOf(toLabel);
        }
    }
}
