package dev.fovea.monitoring.accuracy;

import dev.fovea.statistics.estimation.LabelledSample;
import dev.fovea.traffic.truth.PlannedLabels;
import dev.fovea.traffic.truth.TrueLabels;
import dev.fovea.traffic.truth.Truth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The draws of a plan that have labels, up to the first that has none: a later one counts when those before it have
 * labels, so that what is easy to label does not count more.
 *
 * @param sample draws as rows of the judged predictions
 * @param truth the class of each draw
 */
record PlannedSample(LabelledSample sample, int[] truth) {

    static Optional<PlannedSample> of(PlannedLabels plan, JudgedPredictions judged, Collection<Truth> labels) {
        Map<String, Integer> truth = new HashMap<>();
        for (Truth one : labels) {
            if (one.labels() instanceof TrueLabels.TrueLabel(String label)) {
                truth.put(one.request(), judged.number(label));
            }
        }
        List<PlannedLabels.LabelDraw> known = new ArrayList<>();
        for (PlannedLabels.LabelDraw draw : plan.draws()) {
            if (judged.row(draw.request()).isEmpty()) {
                continue; // its row of the log was deleted or damaged
            }
            if (!truth.containsKey(draw.request())) {
                break;
            }
            known.add(draw);
        }
        if (known.isEmpty()) {
            return Optional.empty();
        }
        int[] rows = known.stream()
                .mapToInt(draw -> judged.row(draw.request()).orElseThrow())
                .toArray();
        LabelledSample sample = plan.drawnEvenly()
                ? new LabelledSample.SimpleRandom(rows)
                : new LabelledSample.Draws(
                        known.stream()
                                .mapToDouble(PlannedLabels.LabelDraw::probability)
                                .toArray(),
                        rows);
        return Optional.of(new PlannedSample(
                sample,
                known.stream().mapToInt(draw -> truth.get(draw.request())).toArray()));
    }

    /** Labels, each counted once. */
    int labels() {
        return (int) Arrays.stream(sample.rows()).distinct().count();
    }

    /** Whether each draw was predicted rightly, 0 or 1. */
    double[] outcomes(JudgedPredictions judged) {
        int[] predicted = judged.predictions(1).predicted();
        double[] outcomes = new double[truth.length];
        for (int t = 0; t < truth.length; t++) {
            outcomes[t] = predicted[sample.rows()[t]] == truth[t] ? 1 : 0;
        }
        return outcomes;
    }
}
