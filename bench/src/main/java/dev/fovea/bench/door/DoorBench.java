package dev.fovea.bench.door;

import dev.fovea.bench.BenchReport;
import dev.fovea.bench.BenchSeries;
import dev.fovea.bench.BenchSubject;
import dev.fovea.bench.TemporaryDirectory;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.Bundle;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.embedding.EmbeddingProjection;
import dev.fovea.model.embedding.ProjectionCodec;
import dev.fovea.model.formats.LabelFile;
import dev.fovea.model.graph.NetworkBuilder;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.json.PreprocessingContractJson;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.embedding.PooledEmbedding;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.validation.GoldenTest;
import dev.fovea.training.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Processor time of a prediction with measures and embedding against one without, of the same model in the same process
 * in turn. There is no server around it, whose work for HTTP would make the share smaller. It is the processor time of
 * the whole process, so that the decode pool, the batcher and the garbage collector are in it.
 */
public final class DoorBench {

    private static final int ROUNDS = 31;
    private static final int WARM_UP = 8;
    /** In a round; fewer of the larger network. */
    private static final int PREDICTIONS = 200;

    private static final int LARGE_PREDICTIONS = 40;
    private static final double BAR = 1.015;
    private static final Engine ENGINE = Engine.open();

    private DoorBench() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        BenchReport.machine();
        try (TemporaryDirectory home = TemporaryDirectory.create();
                DecodePool workers = DecodePool.forThisMachine()) {
            BenchSubject subject = BenchSubject.best(home.path());
            List<String> labels = LabelFile.read(subject.labels());
            // the smaller network first: its many predictions compile what both run
            Recipe recipe = new Recipe(NetworkBuilder.Family.RESIDUAL, NetworkBuilder.Scale.SMALL, 96);
            List<byte[]> small = small(subject.images());
            measure(
                    "network as trained, 96 pixels",
                    bundle(
                            home.path().resolve("trained"),
                            recipe.network(5, 1),
                            recipe.contract(),
                            List.of("a", "b", "c", "d", "e"),
                            small),
                    small,
                    PREDICTIONS,
                    workers);
            measure(
                    subject.name(),
                    bundle(
                            home.path().resolve("published"),
                            OnnxModel.readWhole(subject.onnx()),
                            PreprocessingContractJson.read(subject.contract()),
                            labels,
                            subject.images()),
                    subject.images(),
                    LARGE_PREDICTIONS,
                    workers);
        }
        BenchReport.machine();
    }

    /** Images of 128 × 128 pixels where there are some. */
    private static List<byte[]> small(List<byte[]> otherwise) throws IOException {
        Path flowers = Path.of(System.getProperty("fovea.bench.data", "absent"), "flowers5");
        if (!Files.isDirectory(flowers)) {
            return otherwise;
        }
        try (Stream<Path> files = Files.walk(flowers)) {
            List<Path> some = files.filter(file -> file.toString().endsWith(".jpg"))
                    .sorted()
                    .limit(PREDICTIONS)
                    .toList();
            return some.stream().map(DoorBench::bytes).toList();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Bundle bundle(
            Path directory, OnnxModel model, PreprocessingContract contract, List<String> labels, List<byte[]> images) {
        Map<String, byte[]> golden = Map.of("golden.jpg", images.getFirst());
        Postprocessing postprocessing = new Postprocessing.OneLabel(Activation.SOFTMAX, 1);
        Manifest manifest = new Manifest(
                "bench",
                labels,
                Optional.of(contract),
                postprocessing,
                Optional.empty(),
                Lineage.imported("bench", "bench", "bench"),
                GoldenTest.make(ENGINE, model.bytes(), contract, postprocessing, golden),
                new TreeMap<>());
        PooledEmbedding.ServedEmbedding embedding =
                (PooledEmbedding.ServedEmbedding) PooledEmbedding.of(ENGINE, model, manifest);
        return Bundle.write(
                directory,
                manifest,
                model.bytes(),
                golden,
                Map.of(EmbeddingProjection.FILE, ProjectionCodec.write(random(embedding.projection()))));
    }

    private static EmbeddingProjection random(EmbeddingProjection pooled) {
        Random random = new Random(1);
        float[] weights = new float[pooled.features() * EmbeddingProjection.MAX_DIMENSIONS];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextGaussian();
        }
        return pooled.with(
                EmbeddingProjection.ProjectionKind.RANDOM, weights, new float[EmbeddingProjection.MAX_DIMENSIONS]);
    }

    private static void measure(String name, Bundle bundle, List<byte[]> images, int predictions, DecodePool workers)
            throws IOException {
        RuntimeSettings settings = RuntimeSettings.forThisMachine();
        BenchSeries off = new BenchSeries("neither measures nor embedding");
        BenchSeries again = new BenchSeries("the same once more");
        BenchSeries on = new BenchSeries("measures and embedding");
        try (LoadedModel without = load(bundle, settings.unobserved(), workers);
                LoadedModel other = load(bundle, settings.unobserved(), workers);
                LoadedModel with = load(bundle, settings, workers)) {
            if (!with.embeds()) {
                throw new IllegalStateException("the graph does not give the embedding");
            }
            List<LoadedModel> models = List.of(without, other, with);
            List<BenchSeries> series = List.of(off, again, on);
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                int first = Math.floorMod(round, 3);
                for (int turn = 0; turn < 3; turn++) {
                    int which = (first + turn) % 3;
                    double micros = micros(models.get(which), images, predictions);
                    if (round >= 0) {
                        series.get(which).add(micros);
                    }
                }
            }
        }
        BenchReport.table(name + ": processor time of a prediction", "µs", off, again, on);
        BenchReport.maximum("with measures and embedding", on.ratioTo(off), BAR, " ×");
    }

    private static LoadedModel load(Bundle bundle, RuntimeSettings settings, DecodePool workers) {
        return LoadedModel.load(ENGINE, bundle, settings, workers, () -> {});
    }

    private static double micros(LoadedModel model, List<byte[]> images, int predictions) throws IOException {
        long before = nanos();
        for (int i = 0; i < predictions; i++) {
            model.predict(images.get(i % images.size()), Deadline.in(Duration.ofMinutes(1)));
        }
        return (nanos() - before) / 1e3 / predictions;
    }

    /** Of all threads of this process, which the process's own clock counts in hundredths of a second only. */
    private static long nanos() throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            long sum = 0;
            for (Path thread : threads.toList()) {
                sum += Long.parseLong(
                        Files.readString(thread.resolve("schedstat")).split(" ")[0]);
            }
            return sum;
        }
    }
}
