package dev.fovea.bench.drift;

import dev.fovea.bench.BenchReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Evidently and Alibi Detect in the Python of {@code FOVEA_PEER_PYTHON} ({@code drift_peers.py}). */
final class DriftPeers {

    private DriftPeers() {}

    /**
     * Prints what they say of windows.
     *
     * @param folder with {@code reference.csv} and windows by change
     * @param perStretch windows in 90 days
     */
    static void compare(Path folder, double perStretch) throws IOException, InterruptedException {
        String python = System.getenv("FOVEA_PEER_PYTHON");
        if (python == null) {
            BenchReport.say(
                    "  Evidently, Alibi Detect: skipped; set FOVEA_PEER_PYTHON to a Python that has evidently and alibi-detect");
            return;
        }
        Path script = Path.of(System.getProperty("fovea.root"), "bench/src/main/python/drift_peers.py");
        int exit = new ProcessBuilder(
                        python, script.toString(), folder.toString(), String.format(Locale.ROOT, "%.0f", perStretch))
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("%s %s failed".formatted(python, script));
        }
    }
}
