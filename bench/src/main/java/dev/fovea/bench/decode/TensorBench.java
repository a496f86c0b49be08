package dev.fovea.bench.decode;

import com.sun.management.OperatingSystemMXBean;
import dev.fovea.bench.BenchReport;
import dev.fovea.bench.BenchSeries;
import dev.fovea.bench.Photograph;
import dev.fovea.bench.TemporaryDirectory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Processor time of a JPEG's way to the tensor, against Pillow and numpy in the Python that {@code FOVEA_PEER_PYTHON}
 * names. Rounds of both are interleaved.
 */
final class TensorBench {

    private static final int WARM_UP = 5;
    private static final int ROUNDS = 11;

    private TensorBench() {}

    /** A file, the decode mode, and how often a round decodes it: the clock of processor time counts in 10 ms. */
    private record Case(String name, byte[] jpeg, String mode, int count) {}

    /** {@code large} is the JPEG of 12 megapixels. */
    static void run(byte[] large) throws IOException {
        String python = System.getenv("FOVEA_PEER_PYTHON");
        if (python == null) {
            BenchReport.say("\nPillow and numpy: skipped. Set FOVEA_PEER_PYTHON to a Python that has both.");
            return;
        }
        List<Case> cases = List.of(
                new Case("500×375, exact", Photograph.small(), "exact", 200),
                new Case("12 megapixels, fast against draft", large, "fast", 20),
                new Case("12 megapixels, exact", large, "exact", 10));
        Path script = Path.of(System.getProperty("fovea.root"), "bench/src/main/python/tensor_peer.py");
        try (PillowTensors pillow = new PillowTensors(python, script);
                TemporaryDirectory directory = TemporaryDirectory.create()) {
            for (Case each : cases) {
                Path file = Files.write(directory.path().resolve("image.jpg"), each.jpeg());
                run(each, file, pillow);
            }
        }
    }

    private static void run(Case measured, Path file, PillowTensors pillow) throws IOException {
        BenchSeries theirs = new BenchSeries("Pillow %s and numpy".formatted(pillow.version()));
        BenchSeries ours = new BenchSeries("Fovea");
        DecodeBench.Way way = DecodeBench.fovea(DecodeBench.SHORTEST_EDGE.formatted(measured.mode()));
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            double pillowMs = pillow.milliseconds(measured.mode(), measured.count(), file);
            double foveaMs = milliseconds(way, measured);
            if (round >= 0) {
                theirs.add(pillowMs);
                ours.add(foveaMs);
            }
        }
        BenchReport.table(
                "photograph to tensor, %s: processor time per image".formatted(measured.name()), "ms", theirs, ours);
    }

    private static double milliseconds(DecodeBench.Way way, Case measured) throws IOException {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long start = system.getProcessCpuTime();
        for (int i = 0; i < measured.count(); i++) {
            way.run(measured.jpeg());
        }
        return (system.getProcessCpuTime() - start) / 1e6 / measured.count();
    }
}
