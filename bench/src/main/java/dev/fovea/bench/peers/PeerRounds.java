package dev.fovea.bench.peers;

import dev.fovea.bench.BenchReport;
import dev.fovea.bench.BenchSeries;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** Interleaved closed-loop rounds of contenders, and their report: what is ahead first, then the figures. */
final class PeerRounds {

    private static final int WARM_UP_SHARE = 10;
    private static final Duration IDLE = Duration.ofSeconds(4);

    private final List<PeerFigures> figures;

    private final List<Double> idle;

    private PeerRounds(List<PeerFigures> figures, List<Double> idle) {
        this.figures = figures;
        this.idle = idle;
    }

    /**
     * Measures all contenders, each once a round. The order turns, as each leaves caches and clock rates to the next.
     */
    static PeerRounds measure(List<Contender> contenders, List<byte[]> images, PeerOptions options)
            throws IOException, InterruptedException, ExecutionException {
        List<PeerFigures> figures = new ArrayList<>();
        for (Contender each : contenders) {
            boolean compiles = each.name().startsWith(Contender.FOVEA);
            each.closedLoop(images, Math.max(1, compiles ? options.warmUp() : options.warmUp() / WARM_UP_SHARE));
            figures.add(PeerFigures.of(each));
        }
        List<Double> idle = idle(contenders);
        for (int round = 0; round < options.rounds(); round++) {
            for (int i = 0; i < figures.size(); i++) {
                PeerFigures next = figures.get((i + round) % figures.size());
                next.add(
                        next.contender().closedLoop(images, options.images()),
                        next.contender().tree().residentMegabytes());
            }
        }
        return new PeerRounds(figures, idle);
    }

    /** In the order of the contenders. */
    List<PeerFigures> figures() {
        return List.copyOf(figures);
    }

    private PeerFigures fovea() {
        return figures.getFirst();
    }

    /** The peer with the highest throughput among those that are made by hand. */
    Optional<PeerFigures> bestHandMade() {
        return figures.stream()
                .filter(each -> each.contender().handMade())
                .max(Comparator.comparingDouble(each -> each.throughput().median()));
    }

    /** Prints for each peer whether Fovea is ahead. */
    void compare() {
        figures.stream().skip(1).forEach(this::compare);
    }

    /** Prints the bar of a figure that should be high, against the best peer made by hand. */
    void minimum(String what, Function<PeerFigures, BenchSeries> figure, double bar) {
        bestHandMade().ifPresent(best -> BenchReport.minimum(against(what, best), ratio(figure, best), bar, " ×"));
    }

    /** Prints the bar of a figure that should be low, against the best peer made by hand. */
    void maximum(String what, Function<PeerFigures, BenchSeries> figure, double bar) {
        bestHandMade().ifPresent(best -> BenchReport.maximum(against(what, best), ratio(figure, best), bar, " ×"));
    }

    private static String against(String what, PeerFigures best) {
        return "%s against %s, the best made by hand"
                .formatted(what, best.contender().name());
    }

    /** Prints every figure of every contender. */
    void tables() {
        table("throughput", "images/s", PeerFigures::throughput);
        table("CPU per image of the server's processes", "ms", PeerFigures::processor);
        table("latency p50", "ms", PeerFigures::p50);
        table("latency p99", "ms", PeerFigures::p99);
        table("resident memory of the server's processes", "MB", PeerFigures::resident);
        BenchReport.say("%nstart once, and idle after it%n  %-44s %12s %18s %14s"
                .formatted("", "to ready, s", "first answer, ms", "idle, % core"));
        for (int i = 0; i < figures.size(); i++) {
            Contender contender = figures.get(i).contender();
            Contender.Start start = contender.start();
            BenchReport.say("  %-44s %12.2f %18.1f %14.1f"
                    .formatted(contender.name(), start.readySeconds(), start.firstMs(), idle.get(i)));
        }
    }

    /** Processor time of each without requests, in percent of a core: it disturbs the others. */
    private static List<Double> idle(List<Contender> contenders) throws IOException, InterruptedException {
        List<Double> before = new ArrayList<>();
        for (Contender each : contenders) {
            before.add(each.tree().processorSeconds());
        }
        Thread.sleep(IDLE);
        List<Double> shares = new ArrayList<>();
        for (int i = 0; i < contenders.size(); i++) {
            double seconds = contenders.get(i).tree().processorSeconds() - before.get(i);
            shares.add(100 * seconds / IDLE.toSeconds());
        }
        return shares;
    }

    private void compare(PeerFigures peer) {
        double throughput = ratio(PeerFigures::throughput, peer);
        BenchReport.say("%s %s: %.2f × the throughput, %.2f × the CPU per image, %.2f × the p99, %.1f × the memory"
                .formatted(
                        throughput > 1 ? "ahead of" : "behind",
                        peer.contender().name(),
                        throughput,
                        ratio(PeerFigures::processor, peer),
                        ratio(PeerFigures::p99, peer),
                        ratio(PeerFigures::resident, peer)));
    }

    /** Fovea's figure, divided by the peer's. */
    private double ratio(Function<PeerFigures, BenchSeries> figure, PeerFigures peer) {
        return figure.apply(fovea()).ratioTo(figure.apply(peer));
    }

    private void table(String title, String unit, Function<PeerFigures, BenchSeries> figure) {
        BenchReport.table(
                title,
                unit,
                figure.apply(fovea()),
                figures.stream().skip(1).map(figure).toArray(BenchSeries[]::new));
    }
}
