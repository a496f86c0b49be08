package dev.fovea.bench.data;

import dev.fovea.bench.BenchReport;
import dev.fovea.bench.TemporaryDirectory;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.Bundle;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.json.PreprocessingContractJson;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.embedding.EmbeddingModel;
import dev.fovea.runtime.session.Engine;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A folder of {@code FOVEA_BENCH_DATA} with its classes and the embeddings of SqueezeNet 1.1, for which images are
 * squashed to 224 × 224.
 *
 * @param classes names in alphabetical order
 * @param labels {@code [N]}
 * @param features {@code [N,512]}
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
public record EmbeddedSet(String name, List<String> classes, int[] labels, FeatureMatrix features) {

    private static final int PART = 64;
    private static final String CONTRACT = """
            {"color": "BGR", "alpha": "drop",
             "resize": {"fit": "stretch", "size": [224], "filter": "bilinear", "engine": "pillow"},
             "scale": 1, "mean": [104, 117, 123], "std": [1, 1, 1], "layout": "NCHW", "type": "float32"}
            """;

    /** 900 images of six defects; the class is the file's name before its number. */
    public static Optional<EmbeddedSet> neu() throws IOException {
        return read("neu-det", "neu-det/IMAGES", file -> {
            String name = file.getFileName().toString();
            return name.substring(0, name.lastIndexOf('_'));
        });
    }

    /** 4,317 images of five flowers; the class is the folder's name. */
    public static Optional<EmbeddedSet> flowers() throws IOException {
        return read(
                "flowers5",
                "flowers5",
                file -> file.getName(file.getNameCount() - 2).toString());
    }

    private interface ClassOf {
        String name(Path file);
    }

    private static Optional<EmbeddedSet> read(String name, String folder, ClassOf classOf) throws IOException {
        Path data = Path.of(System.getProperty("fovea.bench.data", ""));
        Path network = data.resolve("models/squeezenet11-fp32.onnx");
        if (!Files.isDirectory(data.resolve(folder)) || !Files.exists(network)) {
            BenchReport.say("skipped: no %s and %s in %s".formatted(folder, network.getFileName(), data));
            return Optional.empty();
        }
        List<Path> files;
        try (Stream<Path> tree = Files.walk(data.resolve(folder))) {
            files = tree.filter(Files::isRegularFile).sorted().toList();
        }
        List<String> classes =
                List.copyOf(new TreeSet<>(files.stream().map(classOf::name).toList()));
        long start = System.nanoTime();
        float[][] embeddings = embeddings(network, files);
        BenchReport.say("%n%s: %,d images, %d classes, embeddings of %d features in %.1f s"
                .formatted(
                        name, files.size(), classes.size(), embeddings[0].length, (System.nanoTime() - start) / 1e9));
        int[] labels = files.stream()
                .mapToInt(file -> classes.indexOf(classOf.name(file)))
                .toArray();
        return Optional.of(new EmbeddedSet(name, classes, labels, FeatureMatrix.of(embeddings)));
    }

    private static float[][] embeddings(Path network, List<Path> files) throws IOException {
        try (TemporaryDirectory directory = TemporaryDirectory.create();
                DecodePool decoding = DecodePool.forThisMachine();
                EmbeddingModel model = EmbeddingModel.open(
                        Engine.open(), bundle(directory, network), RuntimeSettings.forThisMachine(), decoding)) {
            List<float[]> rows = new ArrayList<>();
            for (int start = 0; start < files.size(); start += PART) {
                List<byte[]> part = new ArrayList<>();
                for (Path file : files.subList(start, Math.min(files.size(), start + PART))) {
                    part.add(Files.readAllBytes(file));
                }
                rows.addAll(List.of(model.vectors(part)));
            }
            return rows.toArray(float[][]::new);
        }
    }

    private static Bundle bundle(TemporaryDirectory directory, Path network) throws IOException {
        PreprocessingContract contract = PreprocessingContractJson.read(
                Files.writeString(directory.path().resolve("contract.json"), CONTRACT));
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            labels.add("class " + i);
        }
        Manifest manifest = new Manifest(
                "squeezenet",
                labels,
                Optional.of(contract),
                new Postprocessing.OneLabel(Activation.NONE, 1),
                Optional.empty(),
                Lineage.imported("squeezenet11-fp32.onnx", "bench", "bench"),
                List.of(),
                new TreeMap<>());
        return Bundle.write(directory.path().resolve("bundle"), manifest, Files.readAllBytes(network), new TreeMap<>());
    }
}
