package dev.fovea.monitoring.accuracy;

import dev.fovea.traffic.truth.PlannedLabels;
import java.util.List;

/**
 * What to label.
 *
 * @param verdict the answer in words
 * @param plan the plan as it is stored
 * @param labelled how many of its predictions have labels
 * @param toLabel ids of the requests that have none, in the order in which they count
 * @param withoutPredictions how many labels of a random sample the same precision would take
 * @param queue which of those without labels people find in a labelling queue
 */
public record LabelPlanReport(
        String verdict,
        PlannedLabels plan,
        int labelled,
        List<String> toLabel,
        int withoutPredictions,
        LabelQueue.QueuedPicks queue) {
    public LabelPlanReport {
        toLabel = List.copyOf(toLabel);
    }
}
