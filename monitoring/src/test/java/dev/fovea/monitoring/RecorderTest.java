package dev.fovea.monitoring;

import static dev.fovea.monitoring.Observations.SHIRTS_1;
import static dev.fovea.monitoring.Observations.predicted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.ErrorCode;
import dev.fovea.monitoring.MetricsSnapshot.VersionSnapshot;
import dev.fovea.registry.Promotion;
import dev.fovea.registry.VersionId;
import dev.fovea.statistics.RunningMean;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecorderTest {

    private static final RunningMean EVALUATED = new RunningMean(500, 0.95, 500 * 0.01);

    private final MovableClock clock = new MovableClock();
    private final MemoryStore store = new MemoryStore();

    @Test
    void shouldCountExactlyUnderEightThreads() throws InterruptedException {
        int threads = 8;
        int each = 12_500;
        try (Recorder recorder = Recorder.start(store, clock)) {
            CountDownLatch start = new CountDownLatch(1);
            List<Thread> running = IntStream.range(0, threads)
                    .mapToObj(thread -> Thread.ofPlatform().start(() -> record(recorder, start, each)))
                    .toList();
            start.countDown();
            for (Thread thread : running) {
                thread.join();
            }
            VersionSnapshot metrics = recorder.snapshot("shirts").versions().getFirst();
            assertThat(metrics.requests().total()).isEqualTo(100_000);
            assertThat(metrics.requests().errors()).isEqualTo(Map.of("IMAGE_CORRUPT", 10_000L));
            long detailed = metrics.classes().values().stream()
                    .mapToLong(count -> count)
                    .sum();
            long failedInSeries =
                    recorder.snapshot("shirts").series().getFirst().errors();
            assertThat(detailed + failedInSeries + recorder.dropped()).isEqualTo(100_000);
        }
    }

    private static void record(Recorder recorder, CountDownLatch start, int count) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        for (int i = 0; i < count; i++) {
            recorder.record(
                    i % 10 == 0
                            ? new Observation(SHIRTS_1, new RequestOutcome.RequestFailed(ErrorCode.IMAGE_CORRUPT))
                            : predicted(SHIRTS_1, i % 2 == 0 ? "hole" : "none", 0.9, 4));
        }
    }

    @Test
    void shouldCountDroppedDetailsAndEveryRequest() {
        // never started, so that the queue fills
        Recorder recorder = new Recorder(store, clock, 64);
        for (int i = 0; i < 100; i++) {
            recorder.record(predicted(SHIRTS_1, "hole", 0.9, 4));
        }
        assertThat(recorder.dropped()).isEqualTo(36);
        VersionSnapshot metrics = recorder.snapshot("shirts").versions().getFirst();
        assertThat(metrics.requests().total()).isEqualTo(100);
        assertThat(metrics.classes()).isEqualTo(Map.of("hole", 64L));
    }

    @Test
    void shouldGiveQuantilesOfEachStage() {
        try (Recorder recorder = Recorder.start(store, clock)) {
            for (int i = 1; i <= 10_000; i++) {
                recorder.record(predicted(SHIRTS_1, "hole", i / 10_000.0, i / 100.0));
            }
            VersionSnapshot metrics = recorder.snapshot("shirts").versions().getFirst();
            MetricsSnapshot.LatencyQuantiles total = metrics.latencyMs().getOrDefault("total", none());
            assertThat(total.p50()).isCloseTo(50, within(1.0));
            assertThat(total.p95()).isCloseTo(95, within(1.0));
            assertThat(total.p99()).isCloseTo(99, within(0.9));
            assertThat(metrics.latencyMs().getOrDefault("infer", none()).p50()).isCloseTo(25, within(0.5));
            assertThat(metrics.latencyMs().keySet())
                    .containsExactly("decode", "preprocess", "queue", "infer", "postprocess", "total");
            assertThat(metrics.confidence().mean().orElseThrow()).isCloseTo(0.50005, within(1e-9));
            assertThat(metrics.confidence().p10().orElseThrow()).isCloseTo(0.1, within(0.01));
            assertThat(metrics.images().width()).contains(new MetricsSnapshot.Spread(640, 640, 640));
            assertThat(metrics.images().formats()).isEqualTo(Map.of("JPEG", 10_000L));
        }
    }

    private static MetricsSnapshot.LatencyQuantiles none() {
        return new MetricsSnapshot.LatencyQuantiles(0, 0, 0);
    }

    @Test
    void shouldDrawTheLastTenMinutesInStepsOfFiveSeconds() {
        VersionId second = new VersionId("shirts", 2);
        try (Recorder recorder = Recorder.start(store, clock)) {
            observe(recorder, SHIRTS_1, 3);
            clock.advance(Duration.ofSeconds(5));
            observe(recorder, SHIRTS_1, 20);
            observe(recorder, second, 10);
            recorder.record(new Observation(second, new RequestOutcome.RequestFailed(ErrorCode.OVERLOADED)));
            assertThat(recorder.snapshot("shirts").series())
                    .extracting(MetricsSnapshot.SeriesPoint::version, MetricsSnapshot.SeriesPoint::requests)
                    .containsExactly(tuple(1, 3L), tuple(1, 20L), tuple(2, 11L));
            assertThat(recorder.snapshot("shirts").series().getLast().errors()).isEqualTo(1);
            clock.advance(Duration.ofSeconds(5));
            assertThat(recorder.requestsPerSecond("shirts")).isEqualTo(3.4);
            clock.advance(Duration.ofMinutes(10).minusSeconds(10));
            assertThat(recorder.snapshot("shirts").series()).hasSize(2);
            assertThat(recorder.requestsPerSecond("shirts")).isZero();
            clock.advance(Duration.ofSeconds(5));
            assertThat(recorder.snapshot("shirts").series()).isEmpty();
        }
    }

    /** Records, and waits until the clock's present step has it. */
    private static void observe(Recorder recorder, VersionId id, int count) {
        for (int i = 0; i < count; i++) {
            recorder.record(predicted(id, "hole", 0.9, 4));
        }
        recorder.snapshot("shirts");
    }

    @Test
    void shouldKeepItsFiguresOverARestart() {
        try (Recorder recorder = Recorder.start(store, clock)) {
            observe(recorder, SHIRTS_1, 0.95, 400);
        }
        try (Recorder again = Recorder.start(store, clock)) {
            again.promoted("shirts", new Promotion(1, clock.instant()), Optional.of(EVALUATED));
            VersionSnapshot metrics = again.snapshot("shirts").versions().getFirst();
            assertThat(metrics.requests().total()).isEqualTo(400);
            assertThat(metrics.confidence().mean().orElseThrow()).isCloseTo(0.95, within(1e-9));
            assertThat(metrics.confidence().baseline()).contains(0.95);
            assertThat(metrics.classes()).isEqualTo(Map.of("hole", 400L));
            assertThat(metrics.latencyMs()).containsKey("total");
        }
    }

    @Test
    void aHandfulOfEvaluatedImagesIsNoBaseline() {
        try (Recorder recorder = Recorder.start(store, clock)) {
            observe(recorder, SHIRTS_1, 0.95, 1);
            recorder.promoted("shirts", new Promotion(1, clock.instant()), Optional.of(new RunningMean(12, 0.9, 0.1)));
            assertThat(recorder.snapshot("shirts")
                            .versions()
                            .getFirst()
                            .confidence()
                            .baseline())
                    .isEmpty();
        }
    }

    @Test
    void shouldKeepTheBusiestTenSecondsOfAllVersionsOverARestart() {
        VersionId second = new VersionId("shirts", 2);
        try (Recorder recorder = Recorder.start(store, clock)) {
            assertThat(recorder.peakRequestsPerSecond("shirts")).isEmpty();
            for (int i = 0; i < 10; i++) {
                IntStream.range(0, 3).forEach(each -> recorder.record(predicted(SHIRTS_1, "hole", 0.9, 4)));
                recorder.record(new Observation(second, new RequestOutcome.RequestFailed(ErrorCode.OVERLOADED)));
                assertThat(recorder.peakRequestsPerSecond("shirts")).contains(4.0 * (i + 1) / 10);
                clock.advance(Duration.ofSeconds(1));
            }
            clock.advance(Duration.ofSeconds(60));
            recorder.record(predicted(SHIRTS_1, "hole", 0.9, 4));
            assertThat(recorder.peakRequestsPerSecond("shirts")).contains(4.0);
            assertThat(recorder.peakRequestsPerSecond("shoes")).isEmpty();
        }
        try (Recorder again = Recorder.start(store, clock)) {
            assertThat(again.peakRequestsPerSecond("shirts")).contains(4.0);
        }
    }

    @Test
    void shouldStartAfreshWhenASavedStateCannotBeRead() {
        store.save(List.of(new MonitoringStore.Saved(SHIRTS_1, new byte[] {1, 2, 3})));
        try (Recorder recorder = Recorder.start(store, clock)) {
            observe(recorder, SHIRTS_1, 5);
            assertThat(recorder.snapshot("shirts")
                            .versions()
                            .getFirst()
                            .requests()
                            .total())
                    .isEqualTo(5);
        }
    }

    private static void observe(Recorder recorder, VersionId id, double confidence, int count) {
        for (int i = 0; i < count; i++) {
            recorder.record(predicted(id, "hole", confidence, 4));
        }
    }
}
