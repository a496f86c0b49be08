package dev.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressReportTest {

    private static final int EPOCHS = 10;
    private static final int STEPS_PER_EPOCH = 5;

    /** The time is up before the first step. */
    private static ProgressReport late(int minEpochs) {
        AtomicLong nanos = new AtomicLong();
        ProgressReport report = new ProgressReport(event -> {}, Duration.ofSeconds(1), minEpochs, EPOCHS, nanos::get);
        report.learning(EPOCHS * STEPS_PER_EPOCH, 8);
        nanos.set(2_000_000_000);
        return report;
    }

    @Test
    void shouldEndAtOnceWhenTheTimeIsUp() {
        assertThat(late(0).schedule(1)).isGreaterThanOrEqualTo(1);
    }

    @Test
    void shouldLearnTheMinimumOfEpochsWhateverTimeTheyTake() {
        ProgressReport report = late(4);
        for (int step = 0; step < 4 * STEPS_PER_EPOCH; step++) {
            assertThat(report.schedule(step)).isLessThan(1);
        }
        assertThat(report.schedule(4 * STEPS_PER_EPOCH)).isGreaterThanOrEqualTo(1);
    }

    @Test
    void shouldMeasureTheLossAndTheRateSinceThePointBefore() {
        AtomicLong nanos = new AtomicLong();
        List<TrainingEvent> events = new ArrayList<>();
        ProgressReport report = new ProgressReport(events::add, Duration.ofMinutes(1), 0, EPOCHS, nanos::get);
        report.learning(EPOCHS * STEPS_PER_EPOCH, 8);
        for (int step = 0; step < 4; step++) {
            nanos.addAndGet(500_000_000);
            report.learned(step, 0, 4 - step, 0.1 * step);
        }
        report.validating();
        nanos.addAndGet(9_000_000_000L);
        report.validated(0.5, 1.5);
        nanos.addAndGet(1_000_000_000);
        report.learned(4, 0, 0.5, 0.4);
        assertThat(events.stream().filter(event -> !(event instanceof TrainingEvent.Progress)))
                .containsExactly(
                        new TrainingEvent.MeasuredSteps(2, 1, 1, 3.5, 0.1, 16),
                        new TrainingEvent.MeasuredSteps(4, 1, 2, 1.5, 0.1 * 3, 16),
                        new TrainingEvent.Validated(4, 1, 11, 0.5, 1.5),
                        new TrainingEvent.MeasuredSteps(5, 1, 12, 0.5, 0.4, 8));
    }

    @Test
    void shouldNotEndBeforeAllEpochsWhereTheMinimumIsAllOfThem() {
        ProgressReport report = late(EPOCHS);
        int last = EPOCHS * STEPS_PER_EPOCH - 1;
        assertThat(report.schedule(last)).isEqualTo(last / (double) (EPOCHS * STEPS_PER_EPOCH));
    }
}
