package dev.fovea.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.Size;
import dev.fovea.model.Bundle;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.embedding.EmbeddingOutput;
import dev.fovea.model.embedding.EmbeddingProjection;
import dev.fovea.model.embedding.ProjectionCodec;
import dev.fovea.model.graph.EmbeddingTensor;
import dev.fovea.model.graph.FeatureMap;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.GraphEdits;
import dev.fovea.model.graph.InferenceGraph;
import dev.fovea.model.graph.NetworkBuilder;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.model.tensor.TensorMetadata;
import dev.fovea.runtime.batching.BatchSettings;
import dev.fovea.runtime.embedding.PooledEmbedding;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.Priority;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import dev.fovea.runtime.validation.GoldenTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ServedEmbeddingTest {

    private static final Engine ENGINE = Engine.open();
    private static final SessionSettings SESSION = new SessionSettings(1, false);
    private static final RuntimeSettings SETTINGS =
            new RuntimeSettings(SESSION, BatchSettings.DEFAULT, ImageLimits.DEFAULT);
    private static final Map<String, byte[]> GOLDEN = Map.of("orange.png", Tiny.png(250, 120, 40));

    @TempDir
    private Path directory;

    private final DecodePool workers = new DecodePool(2, 512, 100_000_000);

    @AfterEach
    void stop() {
        workers.close();
    }

    /** Sixteen features of a 3 × 3 convolution, pooled, and a linear layer with three classes. */
    private static OnnxModel network() {
        GraphBuilder graph = new GraphBuilder("net");
        String pixels = graph.input("pixels", GraphBuilder.BATCH, 3, Tiny.EDGE, Tiny.EDGE);
        graph.node("Conv", "stem", List.of(pixels, graph.weights("w0", List.of(16L, 3L, 3L, 3L), drawn(16 * 27))));
        graph.node("Relu", "map", List.of("stem"));
        graph.node("GlobalAveragePool", "pooled", List.of("map"));
        graph.node("Flatten", "features", List.of("pooled"));
        graph.node("Gemm", "logits", List.of("features", graph.weights("w1", List.of(16L, 3L), drawn(48))));
        return graph.output("logits", GraphBuilder.BATCH, 3).build();
    }

    private static float[] drawn(int count) {
        Random random = new Random(count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static EmbeddingProjection random(EmbeddingProjection pooled, int dimensions) {
        Random random = new Random(4);
        float[] weights = new float[pooled.features() * dimensions];
        float[] offset = new float[dimensions];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (random.nextGaussian() / Math.sqrt(pooled.features()));
        }
        for (int i = 0; i < dimensions; i++) {
            offset[i] = (float) random.nextGaussian();
        }
        return pooled.with(EmbeddingProjection.ProjectionKind.RANDOM, weights, offset);
    }

    private EmbeddingProjection pooled(OnnxModel model) {
        PooledEmbedding found = PooledEmbedding.of(ENGINE, model, Tiny.manifest(model, GOLDEN, ENGINE));
        return ((PooledEmbedding.ServedEmbedding) found).projection();
    }

    private Bundle bundle(OnnxModel model, byte[] projection) {
        return Bundle.write(
                directory.resolve("bundle"),
                Tiny.manifest(model, GOLDEN, ENGINE),
                model.bytes(),
                GOLDEN,
                Map.of(EmbeddingProjection.FILE, projection));
    }

    private LoadedModel load(Bundle bundle, RuntimeSettings settings) {
        return LoadedModel.load(ENGINE, bundle, settings, workers, () -> {});
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(30));
    }

    @Test
    void shouldGiveTheProjectionOfThePooledEmbedding() {
        OnnxModel model = network();
        EmbeddingProjection pooled = pooled(model);
        EmbeddingProjection projection = random(pooled, 7);
        byte[] image = Tiny.png(30, 200, 90);
        float[] raw;
        try (LoadedModel served = load(bundle(model, ProjectionCodec.write(pooled)), SETTINGS)) {
            raw = served.predict(image, soon()).observed().embedding();
        }
        assertThat(raw).hasSize(pooled.features());
        try (LoadedModel served = load(bundle(model, ProjectionCodec.write(projection)), SETTINGS)) {
            assertThat(served.embeds()).isTrue();
            float[] embedding = served.predict(image, soon()).observed().embedding();
            float[] expected = projection.of(raw);
            assertThat(embedding).hasSize(7);
            for (int i = 0; i < 7; i++) {
                assertThat(embedding[i]).isCloseTo(expected[i], within(1e-4f * (1 + Math.abs(expected[i]))));
            }
        }
    }

    @Test
    void shouldHideTheOutputFromCallers() {
        OnnxModel model = network();
        Bundle bundle = bundle(model, ProjectionCodec.write(random(pooled(model), 7)));
        try (LoadedModel with = load(bundle, SETTINGS);
                LoadedModel without = load(bundle, SETTINGS.unobserved())) {
            assertThat(with.embeds()).isTrue();
            assertThat(with.signature()).isEqualTo(without.signature());
            assertThat(with.unbatched()).isEqualTo(without.unbatched());
            List<Tensor> sample = with.sample();
            assertThat(with.infer(sample, Priority.NORMAL, soon()).outputs())
                    .isEqualTo(without.infer(sample, Priority.NORMAL, soon()).outputs());
            byte[] image = Tiny.png(1, 2, 3);
            assertThat(with.outputs(image, Priority.NORMAL, soon()).inferred().outputs())
                    .isEqualTo(without.outputs(image, Priority.NORMAL, soon())
                            .inferred()
                            .outputs());
            assertThat(without.embeds()).isFalse();
            assertThat(without.predict(image, soon()).observed()).isEqualTo(ImageObservation.NONE);
        }
    }

    /** The batcher puts concurrent requests together, and each gets its own row. */
    @Test
    void shouldGiveEachImageOfABatchItsOwnEmbedding() {
        OnnxModel model = network();
        Bundle bundle = bundle(model, ProjectionCodec.write(random(pooled(model), 7)));
        List<byte[]> images = IntStream.range(0, 24)
                .mapToObj(i -> Tiny.png(10 * i, 255 - 10 * i, 40))
                .toList();
        try (LoadedModel served = load(bundle, SETTINGS)) {
            assertThat(served.unbatched()).isEmpty();
            List<float[]> alone = images.stream()
                    .map(image -> served.predict(image, soon()).observed().embedding())
                    .toList();
            List<float[]> together = images.parallelStream()
                    .map(image -> served.predict(image, soon()).observed().embedding())
                    .toList();
            for (int i = 0; i < images.size(); i++) {
                for (int k = 0; k < 7; k++) {
                    assertThat(together.get(i)[k]).isCloseTo(alone.get(i)[k], within(1e-3f));
                }
            }
            assertThat(alone.get(0)).isNotEqualTo(alone.get(20));
        }
    }

    @Test
    void shouldServeWithoutAnEmbeddingWhereTheProjectionIsDamagedOrOfAnotherGraph() {
        OnnxModel model = network();
        byte[] damaged = ProjectionCodec.write(random(pooled(model), 7));
        damaged[20] ^= 1;
        EmbeddingProjection foreign =
                EmbeddingProjection.pooled(new EmbeddingTensor("no such value", EmbeddingTensor.Channels.LAST), 2, 16);
        // a value that is there and has another length: the session does not open with it
        EmbeddingProjection longer = random(
                EmbeddingProjection.pooled(
                        pooled(model).tensor(), 2, pooled(model).features() + 1),
                3);
        for (byte[] projection : List.of(damaged, ProjectionCodec.write(foreign), ProjectionCodec.write(longer))) {
            try (LoadedModel served = load(bundle(model, projection), SETTINGS)) {
                assertThat(served.embeds()).isFalse();
                Prediction prediction = served.predict(Tiny.png(9, 9, 9), soon());
                assertThat(prediction.observed().embedding()).isEmpty();
                assertThat(prediction.observed().measures()).isPresent();
            }
        }
    }

    @Test
    void shouldSayWhyANetworkHasNoEmbedding() {
        OnnxModel means = Tiny.means(GraphBuilder.BATCH);
        assertThat(PooledEmbedding.of(ENGINE, means, Tiny.manifest(means, GOLDEN, ENGINE)))
                .isEqualTo(new PooledEmbedding.UnservedEmbedding(
                        "it has no single linear layer before the classifier's output"));
    }

    /** Networks as they are trained, with the values to the bit. */
    @ParameterizedTest
    @EnumSource(NetworkBuilder.Family.class)
    void shouldNotChangeTheOtherOutputs(NetworkBuilder.Family family) {
        OnnxModel model = NetworkBuilder.build(family, NetworkBuilder.Scale.SMALL, 3, Size.square(96), 5, 1);
        EmbeddingTensor tensor =
                EmbeddingTensor.find(model, model.outputs().getFirst().name()).orElseThrow();
        assertSameOutputs(model, tensor, new long[] {3, 3, 96, 96});
    }

    /** A network for three images at once, which is given one and four. */
    @Test
    void shouldServeEmbeddingsOfNetworksForAFixedNumberOfImages() {
        OnnxModel model = NetworkBuilder.build(
                NetworkBuilder.Family.MOBILE, NetworkBuilder.Scale.SMALL, 3, Size.square(32), 5, 1);
        var graph = model.proto().getGraph().toBuilder();
        graph.getInputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .getShapeBuilder()
                .getDimBuilder(0)
                .setDimValue(3);
        graph.getOutputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .getShapeBuilder()
                .getDimBuilder(0)
                .setDimValue(3);
        OnnxModel fixed = OnnxModel.of(model.proto().toBuilder().setGraph(graph).build());
        EmbeddingTensor tensor =
                EmbeddingTensor.find(fixed, fixed.outputs().getFirst().name()).orElseThrow();
        assertSameOutputs(fixed, tensor, new long[] {1, 3, 32, 32});
        assertSameOutputs(fixed, tensor, new long[] {4, 3, 32, 32});
    }

    @ParameterizedTest
    @CsvSource({
        "squeezenet11-fp32.onnx, classifier, 224",
        "squeezenet11-fp16.onnx, classifier, 224",
        "cifar10-resnet2b-batch1.onnx, classifier, 32",
        "cifar10-cnn-dynamic-batch.onnx, classifier, 32",
        "yolox-nano-coco80-416.onnx, detector, 416",
        "fastestdet-coco80-352.onnx, detector, 352",
        "ppocr-det-dynamic.onnx, detector, 320"
    })
    void shouldNotChangeTheOutputsOfPublishedNetworks(String file, String kind, int edge) {
        Path path = Path.of(System.getProperty("fovea.shared.data", "../shared/data"), "models", file);
        Assumptions.assumeTrue(Files.exists(path), "skipped: no real model at " + path);
        OnnxModel own = OnnxModel.readWhole(path);
        OnnxModel model = InferenceGraph.of(own).orElse(own);
        EmbeddingTensor tensor = (kind.equals("detector")
                        ? FeatureMap.find(model)
                        : EmbeddingTensor.find(model, model.outputs().getFirst().name()))
                .orElseThrow();
        assertSameOutputs(model, tensor, new long[] {1, 3, edge, edge});
    }

    private static void assertSameOutputs(OnnxModel model, EmbeddingTensor tensor, long[] shape) {
        try (Session own = ENGINE.load(model.bytes(), SESSION);
                Session cut = ENGINE.load(
                        GraphEdits.withOnlyOutput(model, tensor.name()).bytes(), SESSION)) {
            List<Tensor> feed = List.of(noise(own.inputs().getFirst(), shape));
            Tensor value = cut.run(feed).getFirst();
            float[][] raw = tensor.pool(value.shape(), value.floats());
            EmbeddingProjection projection =
                    random(EmbeddingProjection.pooled(tensor, value.shape().length, raw[0].length), 32);
            try (Session with = ENGINE.load(
                    EmbeddingOutput.added(model, projection).orElseThrow().bytes(), SESSION)) {
                List<Tensor> expected = own.run(feed);
                List<Tensor> found = with.run(feed);
                assertThat(found.subList(0, found.size() - 1)).isEqualTo(expected);
                assertThat(with.batches()).isEqualTo(own.batches());
                assertThat(with.fixedBatch()).isEqualTo(own.fixedBatch());
                assertThat(found.getLast().shape()).containsExactly(shape[0], 32);
                boolean half = value.type() == DataType.FP16;
                float[] flat = found.getLast().floats();
                for (int i = 0; i < flat.length; i++) {
                    float right = projection.of(raw[i / 32])[i % 32];
                    assertThat(flat[i]).isCloseTo(right, within((half ? 2e-3f : 1e-4f) * (1 + Math.abs(right))));
                }
            }
        }
    }

    private static Tensor noise(TensorMetadata input, long[] shape) {
        Random random = new Random(3);
        int elements = (int) Tensor.elements(input.name(), shape);
        ByteBuffer bytes = ByteBuffer.allocate(elements * input.type().size()).order(ByteOrder.nativeOrder());
        for (int i = 0; i < elements; i++) {
            float value = (float) random.nextGaussian();
            if (input.type() == DataType.FP16) {
                bytes.putShort(Float.floatToFloat16(value));
            } else {
                bytes.putFloat(value);
            }
        }
        return new Tensor(input.name(), input.type(), shape, bytes.flip());
    }

    /** Several labels per image: the same place; a network for embeddings: its output. */
    @Test
    void shouldFindTheEmbeddingOfOtherTasks() {
        OnnxModel model = network();
        String output = model.outputs().getFirst().name();
        for (Postprocessing task : List.of(
                new Postprocessing.MultiLabel(Optional.of(output), Activation.SIGMOID, 0.5),
                new Postprocessing.Embedding(Optional.of(output)))) {
            Manifest manifest = new Manifest(
                    "other",
                    Tiny.LABELS,
                    Optional.of(Tiny.CONTRACT),
                    task,
                    Optional.empty(),
                    Lineage.imported("other.onnx", "test", "test"),
                    GoldenTest.make(ENGINE, model.bytes(), Tiny.CONTRACT, GOLDEN),
                    new TreeMap<>());
            PooledEmbedding.ServedEmbedding served =
                    (PooledEmbedding.ServedEmbedding) PooledEmbedding.of(ENGINE, model, manifest);
            assertThat(served.projection().features()).isEqualTo(task instanceof Postprocessing.Embedding ? 3 : 16);
        }
    }
}
