package dev.fovea.bench.drift;

import dev.fovea.bench.BenchReport;
import dev.fovea.bench.peers.PeerScript;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

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
        Optional<PeerScript> script =
                PeerScript.find("  Evidently, Alibi Detect", "evidently and alibi-detect", "drift_peers.py");
        if (script.isPresent()) {
            script.get()
                    .run(folder.toString(), String.format(Locale.ROOT, "%.0f", perStretch))
                    .forEach(BenchReport::say);
        }
    }
}
