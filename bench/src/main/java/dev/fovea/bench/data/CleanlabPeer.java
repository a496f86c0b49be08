package dev.fovea.bench.data;

import dev.fovea.bench.BenchReport;
import dev.fovea.bench.TemporaryDirectory;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * cleanlab and scikit-learn in the Python of {@code FOVEA_PEER_PYTHON} ({@code wrong_labels_peer.py}), on the same
 * embeddings and labels.
 */
final class CleanlabPeer {

    private final String python;
    private final Path script;

    private CleanlabPeer(String python, Path script) {
        this.python = python;
        this.script = script;
    }

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
        String python = System.getenv("FOVEA_PEER_PYTHON");
        if (python == null) {
            BenchReport.say("cleanlab: skipped; set FOVEA_PEER_PYTHON to a Python that has cleanlab and scikit-learn");
            return Optional.empty();
        }
        return Optional.of(new CleanlabPeer(
                python, Path.of(System.getProperty("fovea.root"), "bench/src/main/python/wrong_labels_peer.py")));
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
            Process process = new ProcessBuilder(python, script.toString(), file.toString(), String.valueOf(seed))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            if (process.waitFor() != 0 || lines.size() != 3) {
                throw new IOException("%s %s failed".formatted(python, script));
            }
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
