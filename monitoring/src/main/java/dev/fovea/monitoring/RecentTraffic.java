package dev.fovea.monitoring;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The last ten minutes of one version in steps of five seconds. Not thread-safe. */
final class RecentTraffic {

    static final int STEP_SECONDS = 5;
    private static final int STEPS = 120;

    private final Step[] steps = new Step[STEPS];

    RecentTraffic() {
        for (int i = 0; i < STEPS; i++) {
            steps[i] = new Step(Long.MIN_VALUE);
        }
    }

    void predicted(Instant now, double totalMillis, OptionalDouble confidence) {
        Step step = step(now);
        step.requests++;
        step.totalMillis.add(totalMillis);
        confidence.ifPresent(step.confidence::add);
    }

    void failed(Instant now) {
        Step step = step(now);
        step.requests++;
        step.errors++;
    }

    /** Requests per second over the last two complete steps. */
    double requestsPerSecond(Instant now) {
        long number = number(now);
        long requests = 0;
        for (long past = number - 2; past < number; past++) {
            Step step = steps[slot(past)];
            requests += step.number == past ? step.requests : 0;
        }
        return requests / (2.0 * STEP_SECONDS);
    }

    /** The steps that had traffic, oldest first. */
    List<MetricsSnapshot.SeriesPoint> points(int version, Instant now) {
        List<MetricsSnapshot.SeriesPoint> points = new ArrayList<>();
        long number = number(now);
        for (long past = number - STEPS + 1; past <= number; past++) {
            Step step = steps[slot(past)];
            if (step.number == past) {
                points.add(step.point(version));
            }
        }
        return points;
    }

    private Step step(Instant now) {
        long number = number(now);
        int slot = slot(number);
        if (steps[slot].number != number) {
            steps[slot] = new Step(number);
        }
        return steps[slot];
    }

    private static long number(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), (long) STEP_SECONDS);
    }

    private static int slot(long number) {
        return (int) Math.floorMod(number, (long) STEPS);
    }

    private static final class Step {
        private final long number;
        private final Distribution totalMillis = new Distribution();
        private final Distribution confidence = new Distribution();
        private long requests;
        private long errors;

        Step(long number) {
            this.number = number;
        }

        MetricsSnapshot.SeriesPoint point(int version) {
            Optional<Double> mean = confidence.mean();
            return new MetricsSnapshot.SeriesPoint(
                    Instant.ofEpochSecond(number * STEP_SECONDS),
                    version,
                    requests,
                    errors,
                    totalMillis.quantile(0.5),
                    totalMillis.quantile(0.95),
                    totalMillis.quantile(0.99),
                    mean);
        }
    }
}
