package dev.fovea.bench.learn;

import dev.fovea.bench.BenchReport;
import dev.fovea.bench.TemporaryDirectory;
import dev.fovea.server.Application;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What favouring rare classes is worth: heads on training items of 10:1 and 50:1, with and without, on the serving
 * path.
 */
final class ImbalanceBench {

    private static final int SEEDS = 5;

    private ImbalanceBench() {}

    /** The arguments of {@link ProbeNetwork#of}. */
    public static void main(String[] arguments) throws Exception {
        Optional<ProbeNetwork> network = ProbeNetwork.of(arguments);
        if (network.isEmpty()) {
            return;
        }
        BenchReport.machine();
        try (TemporaryDirectory scratch = TemporaryDirectory.create();
                Application application = Application.open(scratch.path().resolve("home"))) {
            ProbeRun probe = network.get().probe(application.tools(), scratch.path());
            for (Optional<ImageSet> set : List.of(ImageSet.steel(), ImageSet.flowers())) {
                if (set.isPresent()) {
                    measure(probe, set.get());
                }
            }
        }
        BenchReport.machine();
    }

    private static void measure(ProbeRun probe, ImageSet set) throws IOException {
        BenchReport.say("%n%s on %s, mean ± deviation of %d splits"
                .formatted(probe.backbone().name(), set.name(), SEEDS));
        for (ImbalancedSplits ratio : List.of(new ImbalancedSplits(10), new ImbalancedSplits(50))) {
            for (int seed = 0; seed < SEEDS; seed++) {
                ratio.add(
                        probe,
                        set,
                        StratifiedSplit.of(set.labels(), set.classes().size(), seed),
                        seed);
            }
            ratio.say();
        }
    }
}
