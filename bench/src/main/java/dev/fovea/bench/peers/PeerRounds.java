package dev.fovea.bench.peers;

import dev.fovea.bench.BenchReport;
import dev.fovea.bench.BenchSeries;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** Interleaved closed-loop rounds of contenders, and their report: what is ahead first, then the figures. */
final class PeerRounds {

    private static final int WARM_UP_SHARE = 10;

    private final List<PeerFigures> figures;

    private PeerRounds(List<PeerFigures> figures) {
        this.figures = figures;
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
        for (int round = 0; round < options.rounds(); round++) {
            for (int i = 0; i < figures.size(); i++) {
                PeerFigures next = figures.get((i + round) % figures.size());
                next.add(
                        next.contender().closedLoop(images, options.images()),
                        next.contender().tree().residentMegabytes());
            }
        }
        return new PeerRounds(figures);
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

    /**
     * Prints a line for each peer, the bars against the best one made by hand, and the tables.
     *
     * @param throughput the lowest ratio of images per second that is wanted
     * @param processor the highest ratio of CPU per image
     */
    void report(double throughput, double processor) {
        figures.stream().skip(1).forEach(this::compare);
        bestHandMade().ifPresent(best -> {
            String name =
                    "%s, the best made by hand: ".formatted(best.contender().name());
            BenchReport.minimum(name + "throughput", ratio(PeerFigures::throughput, best), throughput, " ×");
            BenchReport.maximum(name + "CPU per image", ratio(PeerFigures::processor, best), processor, " ×");
        });
        table("throughput", "images/s", PeerFigures::throughput);
        table("CPU per image of the server's processes", "ms", PeerFigures::processor);
        table("latency p50", "ms", PeerFigures::p50);
        table("latency p99", "ms", PeerFigures::p99);
        table("resident memory of the server's processes", "MB", PeerFigures::resident);
        BenchReport.say("%nstart, once each%n  %-44s %10s %14s".formatted("", "ready, s", "first, ms"));
        for (PeerFigures each : figures) {
            Contender.Start start = each.contender().start();
            BenchReport.say(
                    "  %-44s %10.2f %14.1f".formatted(each.contender().name(), start.readySeconds(), start.firstMs()));
        }
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
