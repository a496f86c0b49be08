package dev.fovea.training.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fovea.imaging.Size;
import dev.fovea.model.anomaly.FeatureLayer;
import dev.fovea.model.anomaly.MidLayer;
import dev.fovea.model.anomaly.MidLayers;
import dev.fovea.model.detector.DetectorForm;
import dev.fovea.model.detector.DetectorNeck;
import dev.fovea.model.detector.YoloxHead;
import dev.fovea.model.graph.EmbeddingTensor;
import dev.fovea.model.graph.NetworkBuilder;
import dev.fovea.model.graph.NetworkBuilder.Family;
import dev.fovea.model.graph.NetworkBuilder.Scale;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.training.OnnxSession;
import dev.fovea.training.graph.TrainableGraph;
import dev.fovea.training.operator.GraphMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The graphs that detectors start from, as ONNX Runtime and the training engine run them. */
class DetectorGraphsTest {

    private static final int EDGE = 64;
    private static final int CELLS = 8 * 8 + 4 * 4 + 2 * 2;

    @Test
    void shouldKeepAllOfYoloxButItsClasses() throws Exception {
        OnnxModel original = TinyYolox.of(EDGE, 5);
        OnnxModel replaced = YoloxHead.find(original).orElseThrow().with(new DetectorForm(Size.square(EDGE), 2), 1);
        float[] image = random(3 * EDGE * EDGE);
        float[] before = run(original, image, EDGE);
        float[] after = run(replaced, image, EDGE);
        assertThat(after).hasSize(CELLS * 7);
        for (int cell = 0; cell < CELLS; cell++) {
            for (int value = 0; value < 5; value++) {
                assertThat(after[cell * 7 + value]).isCloseTo(before[cell * 9 + value], within(1e-5f));
            }
            assertThat(after[cell * 7 + 5]).isCloseTo(0.01f, within(0.005f));
            assertThat(after[cell * 7 + 6]).isCloseTo(0.01f, within(0.005f));
        }
    }

    @Test
    void shouldTakeAnotherSizeOfImage() throws Exception {
        OnnxModel larger =
                YoloxHead.find(TinyYolox.of(EDGE, 5)).orElseThrow().with(new DetectorForm(Size.square(96), 2), 1);
        assertThat(run(larger, random(3 * 96 * 96), 96)).hasSize((144 + 36 + 9) * 7);
        assertThat(larger.inputs().getFirst().axes()).hasToString("[batch, 3, 96, 96]");
    }

    @Test
    void shouldReplaceTheClassesOfAReplacedHeadAgain() throws Exception {
        OnnxModel once =
                YoloxHead.find(TinyYolox.of(EDGE, 5)).orElseThrow().with(new DetectorForm(Size.square(EDGE), 2), 1);
        OnnxModel twice = YoloxHead.find(once).orElseThrow().with(new DetectorForm(Size.square(EDGE), 6), 1);
        assertThat(run(twice, random(3 * EDGE * EDGE), EDGE)).hasSize(CELLS * 11);
    }

    @Test
    void shouldFindNoYoloxInAClassifier() {
        assertThat(YoloxHead.find(NetworkBuilder.build(Family.MOBILE, Scale.SMALL, 3, Size.square(EDGE), 5, 1)))
                .isEmpty();
    }

    @Test
    void shouldPutADetectorOnTheMapsOfABackbone() throws Exception {
        OnnxModel backbone = NetworkBuilder.build(Family.MOBILE, Scale.SMALL, 3, Size.square(EDGE), 5, 1);
        EmbeddingTensor cut = EmbeddingTensor.find(backbone, "logits").orElseThrow();
        MidLayer map = MidLayers.upTo(backbone, cut, 32).stream()
                .filter(layer -> layer.stride() == 8)
                .findFirst()
                .orElseThrow();
        int channels = (int) run(
                                dev.fovea.model.anomaly.AnomalyGraph.maps(backbone, List.of(map)),
                                random(3 * EDGE * EDGE),
                                EDGE)
                        .length
                / 64;
        OnnxModel detector = new DetectorNeck(backbone, List.of(new FeatureLayer(map.name(), channels, 8, 8)))
                .with(new DetectorForm(Size.square(EDGE), 2), 1);
        float[] image = random(2 * 3 * EDGE * EDGE);
        float[] served = run(detector, image, EDGE);
        assertThat(served).hasSize(2 * CELLS * 7);
        try (NDManager root = NDManager.newBaseManager();
                TrainableGraph graph = new TrainableGraph(detector, root, true);
                NDManager pass = root.newSubManager()) {
            NDArray trained = graph.forward(pass.create(image, new Shape(2, 3, EDGE, EDGE)), GraphMode.INFERENCE);
            float[] values = trained.toFloatArray();
            for (int i = 0; i < served.length; i++) {
                assertThat(values[i]).isCloseTo(served[i], within(1e-4f));
            }
        }
    }

    @Test
    void shouldFindTheHeadOfThePublishedNetwork() throws Exception {
        Path file = Path.of(System.getProperty("fovea.shared.data", "../shared/data"), "models")
                .resolve("yolox-nano-coco80-416.onnx");
        Assumptions.assumeTrue(Files.exists(file), "YOLOX-nano is not at " + file);
        OnnxModel replaced =
                YoloxHead.find(OnnxModel.read(file)).orElseThrow().with(new DetectorForm(Size.square(128), 3), 1);
        assertThat(run(replaced, random(3 * 128 * 128), 128)).hasSize((256 + 64 + 16) * 8);
    }

    private static float[] run(OnnxModel model, float[] image, int edge) throws Exception {
        try (OnnxSession session = new OnnxSession(model)) {
            return session.run(image, image.length / (3L * edge * edge), 3, edge, edge);
        }
    }

    private static float[] random(int count) {
        SplittableRandom random = new SplittableRandom(9);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextDouble() * 2 - 1);
        }
        return values;
    }
}
