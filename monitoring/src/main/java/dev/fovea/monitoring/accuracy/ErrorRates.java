package dev.fovea.monitoring.accuracy;

import dev.fovea.statistics.WilsonInterval;
import dev.fovea.statistics.sequential.RisenErrorRate;
import dev.fovea.traffic.truth.SettledTruth;
import java.util.List;

/** Compares the error rate in production with that of held-out images. Pure. */
final class ErrorRates {

    /** The probability that a risen error rate is ever stated for a version whose errors have not risen. */
    static final double FALSE_ALARM = 0.01;

    private ErrorRates() {}

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
