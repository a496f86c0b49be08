package dev.fovea.bench.peers;

import dev.fovea.bench.BenchReport;
import dev.fovea.bench.BenchSeries;
import dev.fovea.load.FoveaTarget;
import dev.fovea.load.Generator;
import dev.fovea.load.LoadConnections;
import dev.fovea.load.LoadPlan;
import dev.fovea.load.LoadReport;
import dev.fovea.load.LoadRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * p99 of Fovea and of the peer with the highest throughput, open loop: Poisson arrivals at 70 % of the capacity of the
 * lesser one.
 */
final class TailWorkload {

    private static final double SHARE = 0.7;
    private static final double BAR_P99 = 0.9;
    private static final int IN_FLIGHT = 2_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    /** Ten images of a closed-loop round take about a second of an open-loop one here. */
    private static final int IMAGES_PER_SECOND = 10;

    private TailWorkload() {}

    static void run(PeerHome home) throws Exception {
        PeerSubject subject = PeerSubject.best(home.path());
        PeerOptions options = home.options();
        try (Contenders contenders = home.start(subject, PeerSubject.Decode.EXACT)) {
            PeerRounds capacity = PeerRounds.measure(contenders.all(), subject.images(), options);
            Optional<PeerFigures> best = capacity.figures().stream()
                    .skip(1)
                    .max(Comparator.comparingDouble(each -> each.throughput().median()));
            if (best.isEmpty()) {
                BenchReport.say("tail: no peer runs");
                return;
            }
            double lesser = Math.min(
                    capacity.figures().getFirst().throughput().median(),
                    best.get().throughput().median());
            measure(contenders.fovea(), best.get().contender(), SHARE * lesser, subject, options);
        }
    }

    private static void measure(Contender fovea, Contender peer, double rate, PeerSubject subject, PeerOptions options)
            throws InterruptedException {
        Duration measured = Duration.ofSeconds(Math.max(2, options.images() / IMAGES_PER_SECOND));
        List<Contender> both = List.of(fovea, peer);
        List<BenchSeries> p50 = new ArrayList<>();
        List<BenchSeries> p99 = new ArrayList<>();
        for (Contender each : both) {
            p50.add(new BenchSeries(each.name()));
            p99.add(new BenchSeries(each.name()));
        }
        long failed = 0;
        for (int round = 0; round < options.rounds(); round++) {
            for (int i = 0; i < both.size(); i++) {
                LoadReport report = at(new LoadPlan.Arrivals(rate, WARM_UP, measured, round), both.get(i), subject);
                p50.get(i).add(report.latencyMs().map(LoadReport.LatencyMs::p50).orElse(Double.NaN));
                p99.get(i).add(report.latencyMs().map(LoadReport.LatencyMs::p99).orElse(Double.NaN));
                failed += report.traffic().failed() + report.traffic().notStarted();
            }
        }
        BenchReport.say("%ntail: %s, open loop, Poisson arrivals at %.1f images/s, %d rounds of %d s"
                .formatted(subject.name(), rate, options.rounds(), measured.toSeconds()));
        double ratio = p99.getFirst().ratioTo(p99.getLast());
        BenchReport.say("%s %s: %.2f × the p99".formatted(ratio < 1 ? "ahead of" : "behind", peer.name(), ratio));
        BenchReport.maximum("p99 against " + peer.name(), ratio, BAR_P99, " ×");
        BenchReport.maximum("requests without success", (double) failed, 0, "");
        BenchReport.table("p50", "ms", p50.getFirst(), p50.getLast());
        BenchReport.table("p99", "ms", p99.getFirst(), p99.getLast());
    }

    private static LoadReport at(LoadPlan.Arrivals arrivals, Contender contender, PeerSubject subject)
            throws InterruptedException {
        Contender.Endpoint endpoint = contender.endpoint();
        try (LoadConnections connections = LoadConnections.to("http://127.0.0.1:" + endpoint.port())) {
            List<LoadRequest> requests = subject.images().stream()
                    .map(endpoint::request)
                    .map(LoadRequest::new)
                    .toList();
            LoadPlan plan = new LoadPlan(arrivals, new LoadPlan.LoadLimits(IN_FLIGHT, TIMEOUT, Optional.empty()));
            return new Generator(plan, connections, new FoveaTarget(requests, Optional.empty())).run();
        }
    }
}
