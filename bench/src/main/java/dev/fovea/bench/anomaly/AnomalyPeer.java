package dev.fovea.bench.anomaly;

import dev.fovea.bench.TemporaryDirectory;
import dev.fovea.bench.peers.PeerScript;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** PaDiM in numpy, SciPy and scikit-learn ({@code anomaly_peer.py}), in the Python of {@code FOVEA_PEER_PYTHON}. */
record AnomalyPeer(PeerScript script) {

    /** What it reached. */
    record Reached(String versions, double imageAuroc, double pixelAuroc) {}

    /** Empty, and said so, where the variable is not set. */
    static Optional<AnomalyPeer> find() {
        return PeerScript.find("numpy", "numpy, scipy and scikit-learn", "anomaly_peer.py")
                .map(AnomalyPeer::new);
    }

    Reached run(SameFeatures features) throws IOException, InterruptedException {
        try (TemporaryDirectory directory = TemporaryDirectory.create()) {
            features.write(directory.path());
            List<String> lines = script.run(directory.path().toString());
            return new Reached(lines.get(0), Double.parseDouble(lines.get(1)), Double.parseDouble(lines.get(2)));
        }
    }
}
