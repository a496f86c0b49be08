package dev.fovea.labels.consensus;

import dev.fovea.statistics.Interval;
import java.util.List;
import java.util.Optional;

/**
 * What became of predictions that were filled in, the verdict first.
 *
 * @param verdict how many people keep, what that saves, and whether people follow the model; empty without predictions
 * @param uses predictions that were shown, by class
 * @param anchoring whether showing predictions changes what people say; empty while none was hidden
 */
public record PrefillReport(Optional<String> verdict, List<PrefillUse> uses, Optional<Anchoring> anchoring) {

    public PrefillReport {
        uses = List.copyOf(uses);
    }

    /**
     * Predictions of a class that were shown.
     *
     * @param name the predicted class
     * @param accepted how many people kept
     * @param changed how many they changed
     * @param share of those that were kept
     */
    public record PrefillUse(String name, int accepted, int changed, Interval share) {}

    /**
     * Agreement with predictions, shown and hidden.
     *
     * @param shown share of votes equal to the prediction when it was shown
     * @param hidden the same when it was hidden
     * @param difference shown less hidden
     * @param savedMillis median time without less median time with the prediction
     */
    public record Anchoring(Interval shown, Interval hidden, Interval difference, Optional<Long> savedMillis) {}
}
