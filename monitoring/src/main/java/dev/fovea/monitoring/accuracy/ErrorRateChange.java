package dev.fovea.monitoring.accuracy;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.WilsonInterval;
import dev.fovea.statistics.sequential.RisenErrorRate;
import dev.fovea.traffic.truth.SettledTruth;
import java.util.List;

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

    /** The probability that a risen error rate is ever stated for a version whose errors have not risen. */
    private static final double FALSE_ALARM = 0.01;

    /** Labelled predictions against the held-out images. */
    static ErrorRateChange of(Calibrated calibrated, List<SettledTruth> settled) {
        RisenErrorRate test = new RisenErrorRate(calibrated.wrong(), calibrated.size(), FALSE_ALARM);
        int labels = 0;
        int wrong = 0;
        for (SettledTruth one : settled) {
            if (one.right().isPresent()) {
                boolean isWrong = !one.right().get();
                test.add(isWrong);
                labels++;
                wrong += isWrong ? 1 : 0;
            }
        }
        ErrorRateChange.State state = labels == 0
                ? ErrorRateChange.State.NO_LABELS
                : test.risen() ? ErrorRateChange.State.RISEN : ErrorRateChange.State.NOT_RISEN;
        return new ErrorRateChange(
                state,
                labels,
                wrong,
                WilsonInterval.of(calibrated.wrong(), calibrated.size()),
                FALSE_ALARM,
                labels == 0 ? 0 : test.share());
    }
}
