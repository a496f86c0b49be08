package dev.fovea.monitoring.accuracy;

import dev.fovea.statistics.Interval;

/**
 * The error rate against that of the evaluation, over all labels of the version.
 *
 * @param state what is known
 * @param labels labelled predictions that were judged
 * @param wrong those that were wrong
 * @param evaluated the error rate of the evaluation, with its 95 % interval
 * @param falseAlarm the probability that a risen error rate is ever stated for a version whose errors have not risen
 * @param evidence how much of the evidence for a rise there is, 0 to 1
 */
public record ErrorRateChange(
        State state, int labels, int wrong, Interval evaluated, double falseAlarm, double evidence) {

    /** What is known of the error rate. */
    public enum State {
        /** There are no labels that count. */
        NO_LABELS,
        /** No rise was found. */
        NOT_RISEN,
        /** Errors are more frequent than in the evaluation. */
        RISEN
    }
}
