package dev.fovea.monitoring.accuracy;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.estimation.ConfidenceSequence;
import java.util.List;
import java.util.Optional;

/**
 * Accuracy from labels.
 *
 * @param accuracy with its 95 % interval
 * @param everyLook the interval that holds however often one looks
 * @param labelsAlone the interval that the labels give without the predictions
 * @param sample how the labels were chosen, and how many there are
 * @param classes by class
 */
public record KnownAccuracy(
        Interval accuracy, Interval everyLook, Interval labelsAlone, LabelsUsed sample, List<ClassAccuracy> classes) {

    /**
     * The labels behind an estimate.
     *
     * @param labels labelled predictions
     * @param choice how they were chosen
     * @param caution why the interval may be wrong
     */
    public record LabelsUsed(int labels, LabelSampling choice, Optional<String> caution) {

        /** Whether accuracy is stated from so many labels: all of them, or {@value ConfidenceSequence#FIRST}. */
        boolean enough() {
            return choice == LabelSampling.ALL || labels >= ConfidenceSequence.FIRST;
        }
    }

    /** How labelled predictions were chosen. */
    public enum LabelSampling {
        /** All of them are labelled. */
        ALL,
        /** They were reported, and count as a random sample. */
        REPORTED,
        /** A policy kept their images as a random sample, and people labelled them. */
        KEPT,
        /** A plan drew them. */
        PLANNED
    }

    public KnownAccuracy {
        classes = List.copyOf(classes);
    }
}
