package dev.fovea.bench.detection;

import dev.fovea.bench.TemporaryDirectory;
import dev.fovea.bench.peers.PeerScript;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** COCO's measure by pycocotools ({@code detection_peer.py}), in the Python of {@code FOVEA_PEER_PYTHON}. */
record DetectionPeer(PeerScript script) {

    /** What it says of the same boxes. */
    record Reached(String versions, double map50, double map50To95) {}

    /** Empty, and said so, where the variable is not set. */
    static Optional<DetectionPeer> find() {
        return PeerScript.find("pycocotools", "pycocotools", "detection_peer.py")
                .map(DetectionPeer::new);
    }

    Reached run(ServedBoxes boxes) throws IOException, InterruptedException {
        try (TemporaryDirectory directory = TemporaryDirectory.create()) {
            boxes.write(directory.path());
            List<String> lines = script.run(directory.path().toString());
            return new Reached(lines.get(0), Double.parseDouble(lines.get(1)), Double.parseDouble(lines.get(2)));
        }
    }
}
