package dev.fovea.bench;

import dev.fovea.load.LoadPlan;
import dev.fovea.load.LoadReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ten times the server's capacity for two minutes. Throughput must stay near the maximum, latency of accepted requests
 * must stay low, and memory must not grow. With {@code photographs} every image has 12 megapixels.
 */
final class OverloadBench {

    private static final String MODEL = "bench";
    private static final double TIMES = 10;
    private static final Duration TARGET = Duration.ofSeconds(2);
    private static final int QUEUE_MS = 1_000;
    private static final double BAR_GOODPUT = 0.9;
    private static final double BAR_RESIDENT = 1.5;

    private OverloadBench() {}

    /** {@code [photographs] [SECONDS]}. */
    public static void main(String[] arguments) throws Exception {
        List<String> given = List.of(arguments);
        boolean photographs = given.contains("photographs");
        int seconds = given.stream()
                .filter(word -> !word.equals("photographs"))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(120);
        try (TemporaryDirectory home = TemporaryDirectory.create()) {
            BenchSubject subject = BenchSubject.best(home.path());
            Launcher launcher = new Launcher(
                    home.path(),
                    Map.of(
                            "FOVEA_CACHE_MAX_SIZE",
                            "0MB",
                            "FOVEA_INFERENCE_TUNING_TIMEOUT",
                            "0s",
                            "FOVEA_BATCHING_QUEUE_TIMEOUT",
                            QUEUE_MS + "ms"));
            subject.importAs(MODEL, launcher);
            List<byte[]> images = photographs ? List.of(Photograph.twelveMegapixels()) : subject.images();
            BenchReport.machine();
            BenchReport.say("model: %s%s".formatted(subject.name(), photographs ? ", images of 12 megapixels" : ""));
            try (Launcher.Server server = launcher.serve();
                    Resident resident = new Resident(server.process().pid())) {
                run(new BenchTraffic(server, MODEL, images), resident, photographs ? 300 : 2_000, seconds);
            }
            BenchReport.machine();
        }
    }

    private static void run(BenchTraffic traffic, Resident resident, int requests, int seconds) throws Exception {
        traffic.peak(requests);
        double peak = Math.max(traffic.peak(requests), traffic.peak(requests));
        double plateau = resident.max();
        BenchReport.say("maximum: %.1f requests/s, resident %.0f MB".formatted(peak, plateau));
        LoadReport report = traffic.at(
                new LoadPlan.Arrivals(TIMES * peak, Duration.ofSeconds(5), Duration.ofSeconds(seconds), 1),
                Optional.of(TARGET));
        BenchReport.say(
                "offered %.0f/s for %d s: succeeded %.1f/s, %,d rejected or lost %s, %,d not started by the generator"
                        .formatted(
                                report.traffic().offeredPerSecond(),
                                seconds,
                                report.traffic().succeededPerSecond(),
                                report.traffic().failed(),
                                report.errors(),
                                report.traffic().notStarted()));
        report.latencyMs()
                .ifPresent(latency -> BenchReport.say("accepted: p50 %.0f, p95 %.0f, p99 %.0f, max %.0f ms"
                        .formatted(latency.p50(), latency.p95(), latency.p99(), latency.max())));
        BenchReport.minimum("goodput against the best", report.traffic().succeededPerSecond() / peak, BAR_GOODPUT, "×");
        BenchReport.maximum(
                "p99 of what was accepted",
                report.latencyMs().map(LoadReport.LatencyMs::p99).orElse(Double.NaN) / 1000,
                (double) TARGET.toSeconds(),
                " s");
        BenchReport.maximum("resident size against its plateau", resident.max() / plateau, BAR_RESIDENT, "×");
        double after = traffic.peak(requests / 2);
        BenchReport.minimum("afterwards, against the best", after / peak, BAR_GOODPUT, "×");
    }
}
