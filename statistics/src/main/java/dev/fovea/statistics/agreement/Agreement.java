package dev.fovea.statistics.agreement;

import dev.fovea.statistics.Interval;

/** A chance-corrected coefficient of agreement, or the reason why the labels do not define one. */
public sealed interface Agreement {

    /**
     * A coefficient {@code (observed - expected) / (1 - expected)}: 1 is perfect agreement, 0 is chance, below 0 is
     * systematic disagreement.
     *
     * @param value with its bootstrap interval over resampled items; without width when all labels agree
     * @param observed agreement; for a distance, 1 minus the observed mean distance
     * @param expected agreement by chance; for a distance, 1 minus the expected mean distance
     * @param items with labels to compare
     */
    record Coefficient(Interval value, double observed, double expected, int items) implements Agreement {}

    /** No coefficient, and why. */
    record Undefined(Reason reason) implements Agreement {}

    /** Why labels define no coefficient. */
    enum Reason {
        /** Labels of one annotator only. */
        ONE_ANNOTATOR("Only one annotator gave labels; agreement needs two or more."),
        /** No item has labels of two annotators. */
        NO_OVERLAP("No item has labels of two annotators; let two or more label the same items."),
        /** All compared labels are equal: chance alone agrees perfectly, and the coefficient is 0/0. */
        ONE_CLASS("All labels are of one class; add items of other classes.");

        private final String message;

        Reason(String message) {
            this.message = message;
        }

        /** What is wrong and the remedy. */
        public String message() {
            return message;
        }
    }
}
