package dev.fovea.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecurringFailureTest {

    private static final Throwable LOST = new IllegalStateException("the file is lost");
    private static final Throwable DAMAGED = new IllegalStateException("the file is damaged");

    @Test
    void shouldTellAFailureOnceUntilItEndsOrChanges() {
        RecurringFailure failure = new RecurringFailure();
        assertThat(failure.ends()).isEmpty();
        assertThat(failure.begins(LOST)).isTrue();
        assertThat(failure.begins(new IllegalStateException("the file is lost")))
                .isFalse();
        assertThat(failure.begins(DAMAGED)).isTrue();
        assertThat(failure.ends()).contains("the file is damaged");
        assertThat(failure.ends()).isEmpty();
        assertThat(failure.begins(DAMAGED)).isTrue();
    }

    @Test
    void shouldTellFailuresOnceThatDifferInSizesAndTemporaryNames() {
        RecurringFailure failure = new RecurringFailure();
        assertThat(failure.begins(new IllegalStateException("tmp/01KBA7Q-3.parquet: 23.9 MiB used")))
                .isTrue();
        assertThat(failure.begins(new IllegalStateException("tmp/01KBA7R-4.parquet: 24.0 MiB used")))
                .isFalse();
        assertThat(failure.begins(new IllegalStateException("shirts:2 is damaged")))
                .isTrue();
        assertThat(failure.begins(new IllegalStateException("shirts:3 is damaged")))
                .isTrue();
    }

    @Test
    void shouldTakeAFailureWithoutAMessage() {
        RecurringFailure failure = new RecurringFailure();
        assertThat(failure.begins(new IllegalStateException())).isTrue();
        assertThat(failure.begins(new IllegalStateException())).isFalse();
        assertThat(failure.ends()).isPresent();
    }

    @Test
    void shouldTellEachOfTwoSubjectsThatFailInTurnOnce() {
        RecurringFailures failures = new RecurringFailures();
        List<String> told = new ArrayList<>();
        for (int second = 0; second < 5; second++) {
            for (String model : List.of("a", "b")) {
                if (failures.begins(model, model.equals("a") ? LOST : DAMAGED)) {
                    told.add(model);
                }
            }
        }
        assertThat(told).containsExactly("a", "b");
        assertThat(failures.ends("a")).contains("the file is lost");
        assertThat(failures.ends("a")).isEmpty();
        assertThat(failures.begins("b", DAMAGED)).isFalse();
        assertThat(failures.ends("never failed")).isEmpty();
    }
}
