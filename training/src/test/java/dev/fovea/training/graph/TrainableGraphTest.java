package dev.fovea.training.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Size;
import dev.fovea.model.graph.BatchNormFolding;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.GraphEdits;
import dev.fovea.model.graph.NetworkBuilder;
import dev.fovea.model.graph.NetworkBuilder.Family;
import dev.fovea.model.graph.NetworkBuilder.Scale;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.training.OnnxSession;
import dev.fovea.training.operator.GraphMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TrainableGraphTest {

    static Stream<Arguments> freshNetworks() {
        return Stream.of(Family.values())
                .flatMap(family -> Stream.of(Scale.values()).map(scale -> Arguments.of(family, scale)));
    }

    @ParameterizedTest
    @MethodSource("freshNetworks")
    void shouldAgreeWithOnnxRuntimeOnEveryFreshNetwork(Family family, Scale scale) throws Exception {
        OnnxModel model = NetworkBuilder.build(family, scale, 3, new Size(64, 48), 5, 7);
        assertAgreement(model, new long[] {3, 3, 64, 48}, 1);
    }

    @ParameterizedTest
    @MethodSource("freshNetworks")
    void shouldComputeTheSameAfterLearningAndFolding(Family family, Scale scale) throws Exception {
        OnnxModel model = NetworkBuilder.build(family, scale, 3, Size.square(32), 4, 3);
        OnnxModel learned;
        float[] images = random(8 * 3 * 32 * 32, 5, 1);
        try (NDManager root = NDManager.newBaseManager();
                TrainableGraph graph = new TrainableGraph(model, root, true)) {
            // Two passes in training mode move the running statistics away from 0 and 1.
            for (int i = 0; i < 2; i++) {
                try (NDManager pass = root.newSubManager()) {
                    graph.forward(pass.create(images, new Shape(8, 3, 32, 32)), GraphMode.LEARNING);
                }
            }
            learned = graph.export(graph.snapshot());
        }
        OnnxModel folded = BatchNormFolding.fold(learned);
        assertThat(folded.operators()).doesNotContainKey("BatchNormalization");
        assertThat(learned.bytes()).isNotEqualTo(model.bytes());
        assertAgreement(learned, new long[] {2, 3, 32, 32}, 1);
        try (OnnxSession whole = new OnnxSession(learned);
                OnnxSession small = new OnnxSession(folded)) {
            float[] expected = whole.run(images, 8, 3, 32, 32);
            assertThat(small.run(images, 8, 3, 32, 32)).containsExactly(expected, within(1e-3f));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "squeezenet11-fp32.onnx, 224, 100, 1",
        "cifar10-resnet2b-batch1.onnx, 32, 1, 3",
        "cifar10-cnn-dynamic-batch.onnx, 32, 1, 3"
    })
    void shouldAgreeWithOnnxRuntimeOnModelsOfOthers(String file, int edge, float range, int batch) throws Exception {
        Path path = Path.of(System.getProperty("fovea.shared.data", "absent"), "models", file);
        Assumptions.assumeTrue(Files.exists(path), "skipped: " + path + " is absent");
        assertAgreement(OnnxModel.read(path), new long[] {batch, 3, edge, edge}, range);
    }

    @Test
    void shouldNameTheOperatorThatCannotBeTrained() {
        GraphBuilder builder = new GraphBuilder("odd");
        builder.node("NonMaxSuppression", "boxes", List.of(builder.input("x", GraphBuilder.BATCH, 3, 8, 8)));
        OnnxModel model = builder.output("boxes", GraphBuilder.BATCH, 3).build();
        try (NDManager root = NDManager.newBaseManager()) {
            assertThatThrownBy(() -> new TrainableGraph(model, root, true))
                    .isInstanceOfSatisfying(FoveaException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.MODEL_OPERATOR_UNSUPPORTED);
                        assertThat(e).hasMessageContaining("NonMaxSuppression").hasMessageContaining("boxes");
                    });
        }
    }

    static void assertAgreement(OnnxModel model, long[] shape, float range) throws Exception {
        assertAgreement(model, shape, random((int) new Shape(shape).size(), 11, range));
    }

    static void assertAgreement(OnnxModel model, long[] shape, float[] images) throws Exception {
        for (boolean channelsLast : new boolean[] {false, true}) {
            float[] walked;
            try (NDManager root = NDManager.newBaseManager();
                    TrainableGraph graph = new TrainableGraph(model, root, channelsLast);
                    NDManager pass = root.newSubManager()) {
                NDArray output = graph.output(pass.create(images, new Shape(shape)));
                walked = output.toFloatArray();
            }
            try (OnnxSession session = new OnnxSession(GraphEdits.withSymbolicBatch(model))) {
                assertThat(walked).containsExactly(session.run(images, shape), within(1e-3f));
            }
        }
    }

    static float[] random(int count, long seed, float range) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (random.nextFloat() * 2 - 1) * range;
        }
        return values;
    }
}
