package dev.fovea.bench.data;

import dev.fovea.bench.TemporaryDirectory;
import dev.fovea.bench.peers.PeerScript;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * cleanlab and scikit-learn in the Python of {@code FOVEA_PEER_PYTHON} ({@code wrong_labels_peer.py}), on the same
 * embeddings and labels.
 */
record CleanlabPeer(PeerScript script) {

    /**
     * What it found.
     *
     * @param fit self-confidence of each item, {@code [N]}
     * @param issues items that its default filter names
     */
    @SuppressWarnings("ArrayRecordComponent") // not compared
    record Found(String versions, double[] fit, int[] issues) {}

    /** Empty, and said so, where the variable is not set. */
    static Optional<CleanlabPeer> find() {
        return PeerScript.find("cleanlab", "cleanlab and scikit-learn", "wrong_labels_peer.py")
                .map(CleanlabPeer::new);
    }

    Found run(FeatureMatrix features, int[] labels, int classes, int seed) throws IOException, InterruptedException {
        try (TemporaryDirectory directory = TemporaryDirectory.create()) {
            int rows = features.rows();
            int columns = features.columns();
            ByteBuffer bytes =
                    ByteBuffer.allocate(4 * (3 + rows * columns + rows)).order(ByteOrder.LITTLE_ENDIAN);
            bytes.putInt(rows).putInt(columns).putInt(classes);
            for (int i = 0; i < rows; i++) {
                for (int d = 0; d < columns; d++) {
                    bytes.putFloat(features.value(i, d));
                }
            }
            for (int label : labels) {
                bytes.putInt(label);
            }
            Path file = Files.write(directory.path().resolve("embeddings"), bytes.array());
            List<String> lines = script.run(file.toString(), String.valueOf(seed));
            return new Found(
                    lines.get(0),
                    Arrays.stream(lines.get(1).split(" "))
                            .mapToDouble(Double::parseDouble)
                            .toArray(),
                    Arrays.stream(lines.get(2).split(" "))
                            .mapToInt(Integer::parseInt)
                            .toArray());
        }
    }
}
