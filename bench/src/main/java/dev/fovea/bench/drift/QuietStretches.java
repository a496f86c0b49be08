package dev.fovea.bench.drift;

import dev.fovea.bench.BenchReport;
import dev.fovea.monitoring.drift.detector.DriftDetector;
import dev.fovea.monitoring.drift.detector.DriftSettings;
import dev.fovea.monitoring.drift.detector.Watching;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** False alarms in stretches of 90 days of simulated traffic that does not change. */
final class QuietStretches {

    /** Traffic that does not suffice after so long is counted as without an alarm. */
    private static final Duration LONGEST = Duration.ofDays(400);

    private static final int DAYS = 90;
    private static final double SIGMAS = 1.96;

    private final int stretches;
    private double alarms;
    private double expected;

    /** @param stretches of each kind of traffic */
    QuietStretches(int stretches) {
        this.stretches = stretches;
    }

    /** Simulates one kind of traffic on all cores and prints its row. */
    void row(String model, ImagePool pool, TrafficPattern pattern, double perDay)
            throws InterruptedException, ExecutionException {
        long began = System.nanoTime();
        double[] counts = new double[stretches];
        Map<String, Integer> leading = new TreeMap<>();
        try (ExecutorService cores =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<List<String>>> simulated = IntStream.range(0, stretches)
                    .mapToObj(s -> cores.submit(() ->
                            alarms(new SimulatedTraffic(pool, pattern, perDay, new SplittableRandom(1000 + s)), pool)))
                    .toList();
            for (int s = 0; s < stretches; s++) {
                List<String> alarms = simulated.get(s).get();
                counts[s] = alarms.size();
                alarms.forEach(test -> leading.merge(test, 1, Integer::sum));
            }
        }
        double declared = DAYS / DriftSettings.DEFAULT.daysPerFalseAlarm();
        double mean = Arrays.stream(counts).average().orElseThrow();
        double squares = Arrays.stream(counts)
                .map(count -> (count - mean) * (count - mean))
                .sum();
        double error = Math.sqrt(squares / Math.max(1, stretches - 1) / stretches);
        alarms += mean * stretches;
        expected += declared * stretches;
        BenchReport.say(
                "  %-11s %6.0f a day  %-20s %4d × %d days: %3.0f alarms, %.2f × declared (95 %% interval %.2f to %.2f)  %.1f s  %s"
                        .formatted(
                                model,
                                perDay,
                                pattern.label(),
                                stretches,
                                DAYS,
                                mean * stretches,
                                mean / declared,
                                Math.max(0, mean - SIGMAS * error) / declared,
                                (mean + SIGMAS * error) / declared,
                                (System.nanoTime() - began) / 1e9,
                                leading));
    }

    /** All rows together. */
    double ratio() {
        return alarms / expected;
    }

    /** The test that leads each alarm. */
    private static List<String> alarms(SimulatedTraffic traffic, ImagePool pool) {
        DriftDetector detector =
                new DriftDetector(pool.coordinates(), DriftSettings.DEFAULT, ZoneOffset.UTC, Optional.empty());
        RowBlocks blocks = new RowBlocks(pool.coordinates().size());
        List<String> alarms = new ArrayList<>();
        Instant end = SimulatedTraffic.START.plus(LONGEST);
        boolean learning = true;
        while (traffic.now().isBefore(end)) {
            blocks.add(traffic.minute(), traffic.now())
                    .flatMap(detector::add)
                    .ifPresent(alarm -> alarms.add(alarm.tests().getFirst().test()));
            if (learning && !(detector.watching() instanceof Watching.Learning)) {
                learning = false;
                end = traffic.now().plus(Duration.ofDays(DAYS));
            }
        }
        return alarms;
    }
}
