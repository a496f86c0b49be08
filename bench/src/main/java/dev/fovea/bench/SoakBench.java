package dev.fovea.bench;

import dev.fovea.load.LoadPlan;
import dev.fovea.load.LoadReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** 80 % of what the server can do, for long: no error, and the resident size stays flat. */
final class SoakBench {

    private static final String MODEL = "bench";
    private static final double SHARE = 0.8;
    private static final double BAR_GROWTH = 1.03;
    private static final int REQUESTS = 2_000;

    private SoakBench() {}

    /** {@code [MINUTES]}, 20 without it. */
    public static void main(String[] arguments) throws Exception {
        int minutes = arguments.length == 0 ? 20 : Integer.parseInt(arguments[0]);
        try (TemporaryDirectory home = TemporaryDirectory.create()) {
            BenchSubject subject = BenchSubject.best(home.path());
            Launcher launcher = new Launcher(home.path(), Launcher.MEASURING);
            subject.importAs(MODEL, launcher);
            BenchReport.machine();
            try (Launcher.Server server = launcher.serve()) {
                BenchTraffic traffic = new BenchTraffic(server, MODEL, subject.images());
                traffic.peak(REQUESTS);
                double peak = traffic.peak(REQUESTS);
                traffic.peak(REQUESTS);
                try (Resident resident = new Resident(server.process().pid())) {
                    LoadReport report = traffic.at(
                            new LoadPlan.Arrivals(SHARE * peak, Duration.ofSeconds(30), Duration.ofMinutes(minutes), 1),
                            Optional.empty());
                    report(report, resident.all(), minutes);
                }
            }
            BenchReport.machine();
        }
    }

    private static void report(LoadReport report, List<Double> resident, int minutes) {
        int quarter = resident.size() / 4;
        BenchSeries early = new BenchSeries("second eighth");
        BenchSeries late = new BenchSeries("last eighth");
        resident.subList(quarter / 2, quarter).forEach(early::add);
        resident.subList(resident.size() - quarter / 2, resident.size()).forEach(late::add);
        BenchReport.say("%d min at %.1f/s: %,d succeeded, %,d did not, %s"
                .formatted(
                        minutes,
                        report.traffic().offeredPerSecond(),
                        report.traffic().succeeded(),
                        report.traffic().failed() + report.traffic().notStarted(),
                        report.errors()));
        report.latencyMs()
                .ifPresent(latency -> BenchReport.say(
                        "p50 %.0f, p99 %.0f ms, max %.0f ms".formatted(latency.p50(), latency.p99(), latency.max())));
        BenchReport.table("resident size", "MB", early, late);
        BenchReport.maximum("resident size, late against early", late.median() / early.median(), BAR_GROWTH, "×");
        BenchReport.maximum(
                "requests without success",
                (double) (report.traffic().failed() + report.traffic().notStarted()),
                0,
                "");
    }
}
