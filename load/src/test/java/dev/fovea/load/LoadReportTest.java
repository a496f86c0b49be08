package dev.fovea.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoadReportTest {

    private static final LoadOutcome SUCCEEDED = new LoadOutcome.Succeeded();
    private final Tally tally = new Tally();

    @Test
    void shouldReportQuantilesAndRatesOfSuccesses() {
        for (int i = 1; i <= 1000; i++) {
            succeeded(i);
        }
        LoadReport report = report();
        LoadReport.LatencyMs latency = report.latencyMs().orElseThrow();
        assertThat(latency.p50()).isCloseTo(500, within(1.0));
        assertThat(latency.p95()).isCloseTo(950, within(1.0));
        assertThat(latency.p99()).isCloseTo(990, within(1.0));
        assertThat(latency.p999()).isCloseTo(999, within(1.0));
        assertThat(latency.max()).isCloseTo(1000, within(1.0));
        assertThat(report.traffic().offeredPerSecond()).isEqualTo(100);
        assertThat(report.traffic().succeededPerSecond()).isEqualTo(100);
    }

    @Test
    void shouldIncludeTheTimeUntilTheLastResponseInTheRate() {
        tally.due();
        tally.ended(SUCCEEDED, millis(10_000), millis(20_000));
        assertThat(report().traffic().succeededPerSecond()).isEqualTo(0.05);
    }

    @Test
    void shouldMeetTheLimitWhen99Of100AreWithinIt() {
        for (int i = 0; i < 99; i++) {
            succeeded(40);
        }
        succeeded(60);
        assertThat(report().p99()).contains(new LoadReport.LimitCheck(50, 0.99, true));
        assertThat(report().succeeded()).isTrue();
        succeeded(60);
        assertThat(report().p99().orElseThrow().met()).isFalse();
        assertThat(report().succeeded()).isFalse();
    }

    @Test
    void shouldCountTimedOutAndUnstartedRequestsAsLateButNotRejected() {
        for (int i = 0; i < 100; i++) {
            succeeded(40);
            tally.due();
            tally.ended(new LoadOutcome.ErrorReturned("OVERLOADED"), millis(1), 0);
        }
        assertThat(report().p99().orElseThrow().within()).isEqualTo(1);
        tally.due();
        tally.ended(new LoadOutcome.Lost(RequestFailure.TIMEOUT), millis(30_000), 0);
        tally.due();
        tally.notStarted();
        assertThat(report().p99().orElseThrow().within()).isEqualTo(100.0 / 102);
        assertThat(report().p99().orElseThrow().met()).isFalse();
        assertThat(report().traffic()).isEqualTo(new LoadReport.LoadCounts(10, 20.2, 10, 202, 100, 101, 1));
    }

    @Test
    void shouldOwnUpWhenItWasLateItself() {
        for (int i = 0; i < 100; i++) {
            tally.sent(millis(3));
            succeeded(20);
        }
        assertThat(report().generator()).satisfies(own -> {
            assertThat(own.limit()).isTrue();
            assertThat(own.lateP99Ms()).isCloseTo(3, within(0.01));
        });
        for (int i = 0; i < 100; i++) {
            succeeded(200);
        }
        assertThat(report().generator().limit()).isFalse();
    }

    private void succeeded(long latencyMillis) {
        tally.due();
        tally.ended(SUCCEEDED, millis(latencyMillis), 0);
    }

    private LoadReport report() {
        return LoadReport.of(
                new LoadPlan(
                        new LoadPlan.Arrivals(1, Duration.ZERO, Duration.ofSeconds(10), 1),
                        new LoadPlan.LoadLimits(1, Duration.ofSeconds(30), Optional.of(Duration.ofMillis(50)))),
                tally);
    }

    private static long millis(long count) {
        return Duration.ofMillis(count).toNanos();
    }
}
