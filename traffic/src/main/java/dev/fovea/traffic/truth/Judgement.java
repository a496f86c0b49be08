package dev.fovea.traffic.truth;

import dev.fovea.traffic.LoggedLabel;
import dev.fovea.traffic.PredictedOutput;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Whether a prediction is right. Pure. */
final class Judgement {

    private Judgement() {}

    /** Whether the predicted labels are the true ones; empty where that is not one fact, as for detectors. */
    static Optional<Boolean> of(PredictedOutput output, TrueLabels truth) {
        return switch (output) {
            case PredictedOutput.TopLabels top ->
                truth instanceof TrueLabels.TrueLabel(String label)
                        ? Optional.of(top.best()
                                .map(best -> best.label().equals(label))
                                .orElse(false))
                        : Optional.empty();
            case PredictedOutput.ManyLabels many ->
                truth instanceof TrueLabels.TrueLabelSet(SortedSet<String> classes)
                        ? Optional.of(classes.equals(names(many)))
                        : Optional.empty();
            case PredictedOutput.TaskLabels tasks ->
                truth instanceof TrueLabels.TrueLabelSet(SortedSet<String> classes)
                        ? Optional.of(tasks.judged(classes).values().stream().allMatch(right -> right))
                        : Optional.empty();
            case PredictedOutput.FoundObjects ignored -> Optional.empty();
            case PredictedOutput.Regions ignored -> Optional.empty();
            case PredictedOutput.Unlabelled ignored -> Optional.empty();
        };
    }

    private static SortedSet<String> names(PredictedOutput.ManyLabels many) {
        SortedSet<String> names = new TreeSet<>();
        for (LoggedLabel label : many.applying()) {
            names.add(label.label());
        }
        return names;
    }
}
