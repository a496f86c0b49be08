package dev.fovea.monitoring.objectives.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ServiceLevelRecorderTest {

    private static final int PROCESSORS = 2;
    private static final long SECOND = 1_000_000_000L;

    private Instant now = Instant.parse("2026-11-30T12:04:59Z");
    private final AtomicLong cpu = new AtomicLong(77 * SECOND);
    private final Kept store = new Kept();
    private final ServiceLevelRecorder recorder =
            new ServiceLevelRecorder(store, "a:1", () -> now, cpu::get, PROCESSORS);

    /** What was added, in memory. */
    private static final class Kept implements ServiceLevelStore {

        private final List<ModelSlot> added = new ArrayList<>();
        private boolean isBroken;

        @Override
        public void add(String server, List<ModelSlot> slots) {
            if (isBroken) {
                throw new FoveaException(ErrorCode.STORAGE_FAILED, "The disk is full.");
            }
            added.addAll(slots);
        }

        @Override
        public List<ServiceSlot> slots(String model, Instant from, Instant until) {
            return added.stream()
                    .filter(one -> one.model().equals(model))
                    .map(ModelSlot::slot)
                    .toList();
        }

        @Override
        public void rollUp(String server, Instant before) {}

        @Override
        public void removeBefore(Instant moment) {}

        ServiceCounts counts(String model) {
            return slots(model, Instant.MIN, Instant.MAX).stream()
                    .map(ServiceSlot::counts)
                    .reduce(ServiceCounts.NONE, ServiceCounts::plus);
        }
    }

    @Test
    void shouldTellFailuresOfTheServiceFromThoseOfCallers() {
        recorder.answered("shirts", 1_000_000, 0);
        recorder.failed("shirts", ErrorCode.OVERLOADED);
        recorder.failed("shirts", ErrorCode.INFERENCE_FAILED);
        recorder.failed("shirts", ErrorCode.MODEL_NOT_SERVED);
        recorder.failed("shirts", ErrorCode.IMAGE_CORRUPT);
        recorder.failed("shirts", ErrorCode.CANCELLED);

        recorder.save();

        ServiceCounts counts = store.counts("shirts");
        assertThat(counts.answers()).isEqualTo(1);
        assertThat(counts.failures()).isEqualTo(3);
        assertThat(counts.rejected()).isEqualTo(2);
        assertThat(counts.served()).isEqualTo(4);
    }

    @Test
    void shouldCountAFallbackAsAnAnswer() {
        recorder.failed("shirts", ErrorCode.INFERENCE_FAILED);
        recorder.save();
        recorder.fellBack("shirts", ErrorCode.INFERENCE_FAILED, 5_000_000);
        recorder.save();

        ServiceCounts counts = store.counts("shirts");
        assertThat(counts.failures()).isZero();
        assertThat(counts.answers()).isEqualTo(1);
        assertThat(counts.fallbacks()).isEqualTo(1);
    }

    @Test
    void shouldTakeTheTimeThatTheCallerSawOfAnEscalation() {
        recorder.answered("shirts", 1_000_000, 0);
        recorder.save();
        recorder.retimed("shirts", 1_000_000, 800_000_000);
        recorder.called("shirts", 1500);
        recorder.save();

        ServiceCounts counts = store.counts("shirts");
        assertThat(counts.answers()).isEqualTo(1);
        assertThat(counts.latencies().above(Duration.ofMillis(500))).isEqualTo(1);
        assertThat(counts.use()).isEqualTo(new ServiceUse(0, 1, 1500));
    }

    @Test
    void shouldShareProcessorTimeByBusyTimeAndNoMoreThanThatAllows() {
        recorder.answered("shirts", SECOND, 3 * SECOND);
        recorder.answered("mugs", SECOND, SECOND);
        cpu.addAndGet(2 * SECOND);
        recorder.save();
        assertThat(store.counts("shirts").use().cpuNanos()).isEqualTo(3 * SECOND / 2);
        assertThat(store.counts("mugs").use().cpuNanos()).isEqualTo(SECOND / 2);

        recorder.answered("mugs", SECOND, SECOND / 100);
        cpu.addAndGet(20 * SECOND);
        recorder.save();
        assertThat(store.counts("mugs").use().cpuNanos()).isEqualTo(SECOND / 2 + PROCESSORS * SECOND / 100);
    }

    @Test
    void shouldCountForTheSlotInWhichRequestsCame() {
        recorder.answered("shirts", 1_000_000, 0);
        now = Instant.parse("2026-11-30T12:05:00Z");
        recorder.save();
        recorder.answered("shirts", 1_000_000, 0);
        now = Instant.parse("2026-11-30T12:06:00Z");
        recorder.save();
        recorder.answered("shirts", 1_000_000, 0);
        now = Instant.parse("2026-11-30T11:31:00Z");
        recorder.save();

        assertThat(store.added)
                .extracting(one -> one.slot().start())
                .containsExactly(
                        Instant.parse("2026-11-30T12:00:00Z"),
                        Instant.parse("2026-11-30T12:05:00Z"),
                        Instant.parse("2026-11-30T11:30:00Z"));
    }

    @Test
    void shouldLoseNothingWhileTheStoreFailsAndWriteOnClose() {
        store.isBroken = true;
        recorder.answered("shirts", 1_000_000, 0);
        assertThatThrownBy(recorder::save).hasMessage("The disk is full.");
        recorder.answered("shirts", 1_000_000, 0);
        recorder.start();
        store.isBroken = false;

        recorder.close();

        assertThat(store.counts("shirts").answers()).isEqualTo(2);
    }
}
