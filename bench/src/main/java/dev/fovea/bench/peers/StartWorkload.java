package dev.fovea.bench.peers;

import dev.fovea.bench.BenchReport;
import dev.fovea.bench.BenchSeries;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** From the start of the process to readiness, and the first prediction after it; one server at a time. */
final class StartWorkload {

    private static final double BAR_READY_SECONDS = 3;
    private static final double BAR_FIRST_MS = 200;

    private StartWorkload() {}

    private record Starts(String name, BenchSeries ready, BenchSeries first) {
        Starts(String name) {
            this(name, new BenchSeries(name), new BenchSeries(name));
        }

        void add(Contender started) {
            ready.add(started.start().readySeconds());
            first.add(started.start().firstMs());
        }
    }

    static void run(PeerHome home) throws Exception {
        PeerSubject subject = PeerSubject.best(home.path());
        home.importModel(subject, PeerSubject.Decode.EXACT);
        List<Peer> peers = home.peers(PeerSubject.Decode.EXACT);
        List<Starts> all = new ArrayList<>(List.of(new Starts(Contender.FOVEA)));
        peers.forEach(peer -> all.add(new Starts(peer.name())));
        for (int round = 0; round < home.options().rounds(); round++) {
            try (Contender fovea = home.fovea(subject)) {
                all.getFirst().add(fovea);
            }
            for (int i = 0; i < peers.size(); i++) {
                try (Contender peer = start(peers.get(i), subject, home)) {
                    all.get(i + 1).add(peer);
                }
            }
        }
        BenchReport.say("%nstart: %s, %d rounds"
                .formatted(subject.name(), home.options().rounds()));
        all.stream().skip(1).forEach(peer -> {
            double ratio = all.getFirst().ready().ratioTo(peer.ready());
            BenchReport.say("%s %s: %.2f × the start, %.2f × the first prediction"
                    .formatted(
                            ratio < 1 ? "ahead of" : "behind",
                            peer.name(),
                            ratio,
                            all.getFirst().first().ratioTo(peer.first())));
        });
        BenchReport.maximum("start to ready", all.getFirst().ready().median(), BAR_READY_SECONDS, " s");
        BenchReport.maximum("first prediction", all.getFirst().first().median(), BAR_FIRST_MS, " ms");
        table("start to ready", "s", all, Starts::ready);
        table("first prediction", "ms", all, Starts::first);
    }

    private static Contender start(Peer peer, PeerSubject subject, PeerHome home)
            throws IOException, InterruptedException {
        return switch (home.environments().of(peer.environment())) {
            case PeerEnvironment.Installed installed -> Contender.start(peer, installed.python(), subject, home.path());
            case PeerEnvironment.Skipped skipped -> throw new IOException(skipped.reason());
        };
    }

    private static void table(String title, String unit, List<Starts> all, Function<Starts, BenchSeries> figure) {
        BenchReport.table(
                title,
                unit,
                figure.apply(all.getFirst()),
                all.stream().skip(1).map(figure).toArray(BenchSeries[]::new));
    }
}
