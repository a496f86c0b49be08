package dev.fovea.model.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fovea.imaging.Size;
import dev.fovea.model.graph.EmbeddingTensor;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.NetworkBuilder;
import dev.fovea.model.graph.NetworkBuilder.Family;
import dev.fovea.model.graph.NetworkBuilder.Scale;
import dev.fovea.model.graph.OnnxModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MidLayersTest {

    @Test
    void shouldTakeTheLastBlockOfEachStride() {
        OnnxModel residual = NetworkBuilder.build(Family.RESIDUAL, Scale.LARGE, 3, Size.square(64), 5, 1);
        List<MidLayer> layers = of(residual, "logits");
        assertThat(layers).extracting(MidLayer::stride).containsExactly(4, 8, 16);
        GraphIndex graph = new GraphIndex(residual);
        assertThat(layers.subList(0, 2))
                .allSatisfy(layer -> assertThat(
                                graph.producer(layer.name()).orElseThrow().getOpType())
                        .isEqualTo("Relu"));
        // the next block and its shortcut take what the last block of a stride gives
        assertThat(layers.subList(0, 2))
                .allSatisfy(layer -> assertThat(graph.consumers(layer.name()))
                        .hasSize(2)
                        .allMatch(node -> node.getOpType().equals("Conv")));
    }

    @Test
    void shouldTakeTheNarrowEndsOfInvertedBottlenecks() {
        OnnxModel mobile = NetworkBuilder.build(Family.MOBILE, Scale.MEDIUM, 3, Size.square(64), 5, 1);
        GraphIndex graph = new GraphIndex(mobile);
        List<MidLayer> layers = of(mobile, "logits");
        assertThat(layers).extracting(MidLayer::stride).containsExactly(4, 8, 16);
        // a bottleneck ends without an activation
        assertThat(layers.subList(0, 2))
                .allSatisfy(layer -> assertThat(
                                graph.producer(layer.name()).orElseThrow().getOpType())
                        .isIn("Add", "BatchNormalization"));
    }

    /** The fire modules before each pooling, and what the classifier takes. */
    @Test
    void shouldFindSqueezeNetsFireModules() {
        Path file = Path.of(System.getProperty("fovea.shared.data", "../../shared/data"))
                .resolve("models/squeezenet11-fp32.onnx");
        assumeThat(Files.exists(file)).as("no %s", file).isTrue();
        OnnxModel squeezeNet = OnnxModel.read(file);
        List<MidLayer> layers = of(squeezeNet, squeezeNet.outputs().getFirst().name());
        assertThat(layers).extracting(MidLayer::stride).containsExactly(4, 8, 16);
        assertThat(layers).extracting(MidLayer::name).allMatch(name -> name.contains("fire"));
    }

    @Test
    void shouldFindNoneWithoutConvolutions() {
        GraphBuilder builder = new GraphBuilder("flat");
        String input = builder.input("input", GraphBuilder.BATCH, 3, 8, 8);
        String flat = builder.node("Flatten", "flat", List.of(input), GraphBuilder.integer("axis", 1));
        String weights = builder.weights("weights", List.of(192L, 2L), new float[384]);
        builder.node("MatMul", "logits", List.of(flat, weights));
        OnnxModel model = builder.output("logits", GraphBuilder.BATCH, 2).build();
        assertThat(of(model, "logits")).isEmpty();
    }

    private static List<MidLayer> of(OnnxModel model, String output) {
        return MidLayers.of(model, EmbeddingTensor.find(model, output).orElseThrow());
    }
}
