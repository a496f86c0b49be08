package dev.fovea.bench.peers;

import dev.fovea.bench.BenchReport;
import dev.fovea.bench.Launcher;
import dev.fovea.bench.TemporaryDirectory;
import java.nio.file.Path;
import java.util.List;

/**
 * Fovea against servers in Python. Each peer must first name the same best label for the same images; then all are
 * measured in interleaved rounds. Peers that do not install or differ are named and skipped.
 */
final class PeersBench {

    private static final String MODEL = "bench";
    private static final double BAR_THROUGHPUT = 1.25;
    private static final double BAR_PROCESSOR = 0.8;

    private final PeerOptions options;
    private final Path scripts = Path.of(System.getProperty("fovea.root"), "bench/peers");
    private final PeerEnvironment environments = new PeerEnvironment(scripts);

    private PeersBench(PeerOptions options) {
        this.options = options;
    }

    /** See {@link PeerOptions}. */
    public static void main(String[] arguments) throws Exception {
        PeersBench bench = new PeersBench(PeerOptions.parse(arguments));
        BenchReport.machine();
        for (Workload workload : bench.options.workloads()) {
            switch (workload) {
                case PHOTOGRAPHS -> bench.photographs();
            }
        }
        BenchReport.machine();
    }

    private void photographs() throws Exception {
        try (TemporaryDirectory directory = TemporaryDirectory.create()) {
            PeerSubject subject = PeerSubject.best(directory.path());
            Launcher launcher = new Launcher(directory.path(), Launcher.MEASURING);
            subject.importAs(MODEL, launcher, directory.path(), PeerSubject.Decode.EXACT);
            Contenders.copyScripts(scripts, directory.path());
            List<Peer> peers = Peer.ALL.stream().filter(options::wants).toList();
            Contender fovea = Contender.fovea(launcher, MODEL, subject.images().getFirst());
            try (Contenders contenders = Contenders.start(fovea, peers, environments, subject, directory.path())) {
                BenchReport.say("%nphotographs: %s, closed loop, %d rounds of %d images"
                        .formatted(subject.name(), options.rounds(), options.images()));
                PeerRounds.measure(contenders.all(), subject.images(), options).report(BAR_THROUGHPUT, BAR_PROCESSOR);
            }
        }
    }
}
