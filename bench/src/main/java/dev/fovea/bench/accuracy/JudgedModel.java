package dev.fovea.bench.accuracy;

import dev.fovea.bench.BenchReport;
import dev.fovea.bench.TemporaryDirectory;
import dev.fovea.imaging.quality.InputMeasures;
import dev.fovea.model.Bundle;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.json.PreprocessingContractJson;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.Prediction;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.decoding.Classification;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.embedding.EmbeddingModel;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Engine;
import dev.fovea.statistics.estimation.ClassPredictions;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * CIFAR-10's test images as a published network predicts them on the serving path, unchanged and changed.
 *
 * @param name of the network
 * @param sets by change
 */
record JudgedModel(String name, Map<CameraChange, JudgedSet> sets) {

    private static final List<String> CLASSES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
    private static final int TOP = 5;
    private static final int DIMENSIONS = 32;
    private static final int MEASURES = 9;
    private static final int PART = 100;
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    /** A network; empty, and said so, where its files are not there. */
    static Optional<JudgedModel> of(String name, String network, String normalization, Activation activation)
            throws IOException {
        Path data = Path.of(System.getProperty("fovea.bench.data", ""));
        Path model = data.resolve("models").resolve(network);
        Path images = data.resolve("cifar10-test-2000/images.zip");
        if (!Files.exists(model) || !Files.exists(images)) {
            BenchReport.say("%s: skipped; no %s and %s".formatted(name, model, images));
            return Optional.empty();
        }
        try (TemporaryDirectory directory = TemporaryDirectory.create();
                DecodePool decoding = DecodePool.forThisMachine()) {
            Engine engine = Engine.open();
            Bundle bundle = bundle(directory, model, normalization, activation);
            RuntimeSettings settings = RuntimeSettings.forThisMachine();
            try (LoadedModel loaded = LoadedModel.load(engine, bundle, settings, decoding, () -> {});
                    EmbeddingModel embedding = EmbeddingModel.open(engine, bundle, settings, decoding)) {
                List<byte[]> files = new ArrayList<>();
                int[] truth = read(images, files);
                Map<CameraChange, JudgedSet> sets = new EnumMap<>(CameraChange.class);
                for (CameraChange change : CameraChange.values()) {
                    sets.put(change, judge(loaded, embedding, changed(files, change), truth));
                    BenchReport.say("  %-22s accuracy %.3f"
                            .formatted(change, sets.get(change).accuracy()));
                }
                return Optional.of(new JudgedModel(name, sets));
            }
        }
    }

    /** The images as they are. */
    JudgedSet unchanged() {
        return Objects.requireNonNull(sets.get(CameraChange.NONE));
    }

    private static int[] read(Path zip, List<byte[]> files) throws IOException {
        List<Integer> truth = new ArrayList<>();
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : file.stream()
                    .filter(one -> one.getName().endsWith(".jpg"))
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .toList()) {
                files.add(file.getInputStream(entry).readAllBytes());
                String[] path = entry.getName().split("/");
                truth.add(CLASSES.indexOf(path[path.length - 2]));
            }
        }
        return truth.stream().mapToInt(Integer::intValue).toArray();
    }

    private static List<byte[]> changed(List<byte[]> files, CameraChange change) throws IOException {
        List<byte[]> changed = new ArrayList<>();
        for (byte[] file : files) {
            changed.add(change == CameraChange.NONE ? file : change.apply(file));
        }
        return changed;
    }

    private static JudgedSet judge(LoadedModel loaded, EmbeddingModel embedding, List<byte[]> files, int[] truth) {
        int[][] labels = new int[files.size()][];
        double[][] scores = new double[files.size()][];
        float[][] features = new float[files.size()][];
        float[][] projection = new float[0][];
        for (int start = 0; start < files.size(); start += PART) {
            List<byte[]> part = files.subList(start, Math.min(files.size(), start + PART));
            float[][] vectors = embedding.vectors(part);
            if (projection.length == 0) {
                projection = projection(vectors[0].length);
            }
            for (int i = 0; i < part.size(); i++) {
                Prediction prediction = loaded.predict(part.get(i), Deadline.in(TIMEOUT));
                Classification classification = ((PredictionResult.LabelResult) prediction.result()).classification();
                List<Classification.Ranked> top = classification.top(TOP);
                labels[start + i] = top.stream()
                        .mapToInt(one -> CLASSES.indexOf(one.label()))
                        .toArray();
                scores[start + i] = top.stream()
                        .mapToDouble(Classification.Ranked::confidence)
                        .toArray();
                features[start + i] = features(prediction.observed().measures().orElseThrow(), vectors[i], projection);
            }
        }
        return new JudgedSet(new ClassPredictions(CLASSES.size(), labels, scores), truth, FeatureMatrix.of(features));
    }

    private static float[] features(InputMeasures measures, float[] vector, float[][] projection) {
        float[] row = new float[MEASURES + DIMENSIONS];
        row[0] = (float) measures.tones().brightness();
        row[1] = (float) measures.tones().contrast();
        row[2] = (float) measures.tones().dark();
        row[3] = (float) measures.tones().bright();
        row[4] = (float) measures.colors().colorfulness();
        row[5] = (float) measures.colors().saturation();
        row[6] = (float) Math.log1p(measures.detail().sharpness());
        row[7] = (float) Math.log1p(measures.detail().noise());
        row[8] = (float) measures.detail().blockiness();
        for (int d = 0; d < DIMENSIONS; d++) {
            float sum = 0;
            for (int i = 0; i < vector.length; i++) {
                sum += vector[i] * projection[d][i];
            }
            row[MEASURES + d] = sum;
        }
        return row;
    }

    private static float[][] projection(int length) {
        Random random = new Random(5);
        float[][] projection = new float[DIMENSIONS][length];
        for (float[] row : projection) {
            for (int i = 0; i < length; i++) {
                row[i] = (float) (random.nextGaussian() / Math.sqrt(length));
            }
        }
        return projection;
    }

    private static Bundle bundle(
            TemporaryDirectory directory, Path network, String normalization, Activation activation)
            throws IOException {
        Path contract = Files.writeString(directory.path().resolve("contract.json"), """
                {"color": "RGB", "alpha": "drop",
                 "resize": {"fit": "stretch", "size": [32], "filter": "bilinear", "engine": "pillow"},
                 %s, "layout": "NCHW", "type": "float32"}
                """.formatted(normalization));
        Manifest manifest = new Manifest(
                "cifar",
                CLASSES,
                Optional.of(PreprocessingContractJson.read(contract)),
                new Postprocessing.OneLabel(activation, 1),
                Optional.empty(),
                Lineage.imported(network.getFileName().toString(), "bench", "bench"),
                List.of(),
                new TreeMap<>());
        return Bundle.write(directory.path().resolve("bundle"), manifest, Files.readAllBytes(network), new TreeMap<>());
    }
}
