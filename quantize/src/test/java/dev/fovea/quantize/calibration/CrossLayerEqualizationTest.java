package dev.fovea.quantize.calibration;

import static dev.fovea.model.graph.GraphBuilder.BATCH;
import static dev.fovea.model.graph.GraphBuilder.integer;
import static dev.fovea.model.graph.GraphBuilder.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.quantize.Networks;
import dev.fovea.quantize.Quantizer;
import dev.fovea.quantize.search.QuantizationError;
import dev.fovea.runtime.session.Engine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two branches whose channels reach differently far, joined, pooled and taken by two convolutions. */
class CrossLayerEqualizationTest {

    private static final int LOUD = 40;

    private final Engine engine = Engine.open();
    private final List<Tensor> inputs = Networks.inputs(20, 3, 32);
    private final OnnxModel model = network();

    @Test
    void shouldEqualizeChannelsAndPreserveOutputs() {
        ChannelAbsMax before = reach(model);
        OnnxModel equalised = CrossLayerEqualization.apply(model, before);
        assertThat(new QuantizationError(engine, model, inputs).of(equalised)).isLessThan(1e-10);
        ChannelAbsMax after = reach(equalised);
        assertThat(after.max("joined")).isCloseTo(before.max("joined"), within(1e-3 * before.max("joined")));
        assertThat(spread(after, "joined")).isLessThan(0.6 * spread(before, "joined"));
        assertThat(spread(after, "deep")).isLessThan(spread(before, "deep"));
        assertThat(after.of("out").orElseThrow()).hasSize(4);
    }

    @Test
    void shouldSkipOperatorsThatDoNotCommuteWithScaling() {
        GraphBuilder graph = new GraphBuilder("stopped");
        String a = Networks.convolution(graph, graph.input("input", BATCH, 3, 32, 32), "a", 3, 8, 3, 1);
        String b = Networks.convolution(graph, graph.node("Sigmoid", "gate", List.of(a)), "b", 8, 8, 1, 1);
        graph.node("Add", "sum", List.of(b, a));
        OnnxModel stopped = graph.output("sum", BATCH, 8, 32, 32).build();
        assertThat(CrossLayerEqualization.apply(stopped, reach(stopped)).bytes())
                .isEqualTo(stopped.bytes());
    }

    private ChannelAbsMax reach(OnnxModel network) {
        return ChannelAbsMax.of(engine, network, Quantizer.watched(new GraphIndex(network)), inputs);
    }

    /** Ratio of the largest to the smallest channel range. */
    private static double spread(ChannelAbsMax reach, String tensor) {
        float min = Float.MAX_VALUE;
        for (float channel : reach.of(tensor).orElseThrow()) {
            min = Math.min(min, channel);
        }
        return reach.max(tensor) / min;
    }

    private static OnnxModel network() {
        GraphBuilder graph = new GraphBuilder("uneven");
        String x = graph.input("input", BATCH, 3, 32, 32);
        String left = graph.node("Relu", "left", List.of(Networks.convolution(graph, x, "a", 3, 8, 3, 1)));
        float[] loud = Networks.normal(3, 4 * 3, 0.4);
        for (int i = 0; i < 3; i++) {
            loud[i] *= LOUD;
        }
        String right = graph.node(
                "Relu",
                "right",
                List.of(graph.node("Conv", "b", List.of(x, graph.weights("b.w", List.of(4L, 3L, 1L, 1L), loud)))));
        String joined = graph.node("Concat", "joined", List.of(left, right), integer("axis", 1));
        String pooled =
                graph.node("MaxPool", "pooled", List.of(joined), ints("kernel_shape", 2, 2), ints("strides", 2, 2));
        String deep = graph.node("Relu", "deep", List.of(Networks.convolution(graph, pooled, "c", 12, 12, 3, 12)));
        String one = Networks.convolution(graph, deep, "d", 12, 4, 1, 1);
        String other = Networks.convolution(graph, deep, "e", 12, 4, 3, 1);
        graph.node("Add", "out", List.of(one, other));
        return graph.output("out", BATCH, 4, 16, 16).build();
    }
}
