package dev.fovea.bench.learn;

import dev.fovea.bench.BenchReport;
import dev.fovea.bench.TemporaryDirectory;
import dev.fovea.bench.peers.PeerScript;
import dev.fovea.pipeline.head.HeadTraining;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** Logistic regression of scikit-learn ({@code heads_peer.py}), in the Python of {@code FOVEA_PEER_PYTHON}. */
record HeadsPeer(PeerScript script) {

    /** What it reached on one split. */
    record Reached(double accuracy, double macroF1, double seconds) {}

    /** Empty, and said so, where the variable is not set. */
    static Optional<HeadsPeer> find() {
        return PeerScript.find("scikit-learn", "numpy and scikit-learn", "heads_peer.py")
                .map(HeadsPeer::new);
    }

    /** Fits to the training items of each split and predicts its test items, on the features that Fovea's heads get. */
    List<Reached> run(ProbeRun probe, ImageSet set, List<StratifiedSplit> splits)
            throws IOException, InterruptedException {
        FeatureMatrix features = new HeadTraining(probe.tools())
                .features(
                        probe.backbone(),
                        ProbeRun.files(
                                set,
                                IntStream.range(0, set.labels().length).boxed().toList()));
        try (TemporaryDirectory directory = TemporaryDirectory.create()) {
            write(directory.path(), features, set, splits);
            List<String> lines = script.run(directory.path().toString());
            BenchReport.say("  peer: " + lines.getFirst());
            return lines.stream().skip(1).map(HeadsPeer::reached).toList();
        }
    }

    private static Reached reached(String line) {
        String[] figures = line.split(" ");
        return new Reached(
                Double.parseDouble(figures[0]), Double.parseDouble(figures[1]), Double.parseDouble(figures[2]));
    }

    private static void write(Path directory, FeatureMatrix features, ImageSet set, List<StratifiedSplit> splits)
            throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(directory.resolve("features.f32")))) {
            ByteBuffer row =
                    ByteBuffer.allocate(features.columns() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < features.rows(); i++) {
                row.asFloatBuffer().put(features.row(i));
                out.write(row.array());
            }
        }
        ByteBuffer labels =
                ByteBuffer.allocate(set.labels().length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        labels.asIntBuffer().put(set.labels());
        Files.write(directory.resolve("labels.i32"), labels.array());
        List<List<List<Integer>>> rows = new ArrayList<>();
        splits.forEach(split -> rows.add(List.of(split.training(), split.test())));
        Files.writeString(
                directory.resolve("meta.json"),
                new JsonMapper()
                        .writeValueAsString(Map.of(
                                "rows", features.rows(),
                                "columns", features.columns(),
                                "classes", set.classes().size(),
                                "splits", rows)));
    }
}
