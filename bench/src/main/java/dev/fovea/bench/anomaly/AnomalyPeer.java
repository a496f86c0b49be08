package dev.fovea.bench.anomaly;

import dev.fovea.bench.BenchReport;
import dev.fovea.bench.TemporaryDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** PaDiM in numpy, SciPy and scikit-learn ({@code anomaly_peer.py}), in the Python of {@code FOVEA_PEER_PYTHON}. */
final class AnomalyPeer {

    private final String python;
    private final Path script;

    private AnomalyPeer(String python, Path script) {
        this.python = python;
        this.script = script;
    }

    /** What it reached. */
    record Reached(String versions, double imageAuroc, double pixelAuroc) {}

    /** Empty, and said so, where the variable is not set. */
    static Optional<AnomalyPeer> find() {
        String python = System.getenv("FOVEA_PEER_PYTHON");
        if (python == null) {
            BenchReport.say("numpy: skipped; set FOVEA_PEER_PYTHON to a Python that has numpy, scipy and scikit-learn");
            return Optional.empty();
        }
        return Optional.of(new AnomalyPeer(
                python, Path.of(System.getProperty("fovea.root"), "bench/src/main/python/anomaly_peer.py")));
    }

    Reached run(SameFeatures features) throws IOException, InterruptedException {
        try (TemporaryDirectory directory = TemporaryDirectory.create()) {
            features.write(directory.path());
            Process process = new ProcessBuilder(
                            python, script.toString(), directory.path().toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            if (process.waitFor() != 0 || lines.size() < 3) {
                throw new IOException("%s %s failed".formatted(python, script));
            }
            return new Reached(lines.get(0), Double.parseDouble(lines.get(1)), Double.parseDouble(lines.get(2)));
        }
    }
}
