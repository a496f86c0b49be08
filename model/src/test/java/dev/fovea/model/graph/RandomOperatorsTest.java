package dev.fovea.model.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.fovea.fault.FoveaException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomOperatorsTest {

    @ParameterizedTest
    @ValueSource(strings = {"RandomNormalLike", "RandomUniformLike", "Bernoulli", "Multinomial"})
    void shouldNameTheOperatorThatDraws(String type) {
        GraphBuilder graph = new GraphBuilder("random");
        graph.node(type, "drawn", List.of(graph.input("in", 1, 3)));
        graph.node("Relu", "out", List.of("drawn"));
        OnnxModel model = graph.output("out", 1, 3).build();
        assertThatThrownBy(() -> RandomOperators.requireNone(model))
                .isInstanceOf(FoveaException.class)
                .hasMessageContainingAll("not deterministic", type + " (drawn)", "model.eval()");
    }

    @Test
    void shouldPassOverWhatNoOutputIsComputedWith() {
        GraphBuilder graph = new GraphBuilder("unused");
        String in = graph.input("in", 1, 3);
        graph.node("RandomNormalLike", "unused", List.of(in));
        graph.node("Relu", "out", List.of(in));
        assertThat(RandomOperators.find(graph.output("out", 1, 3).build())).isEmpty();
    }

    @Test
    void shouldTellATrainingDropoutFromOneThatDropsNothing() {
        assertThat(RandomOperators.find(dropout(true, 0.5f))).contains("Dropout in training mode (out)");
        assertThat(RandomOperators.find(dropout(false, 0.5f))).isEqualTo(Optional.empty());
        assertThat(RandomOperators.find(dropout(true, 0))).isEqualTo(Optional.empty());
    }

    private static OnnxModel dropout(boolean training, float ratio) {
        GraphBuilder graph = new GraphBuilder("dropout");
        String in = graph.input("in", 1, 3);
        graph.node("Dropout", "out", List.of(in, graph.weights("ratio", List.of(), new float[] {ratio}), "training"));
        var proto = graph.output("out", 1, 3).build().proto().toBuilder();
        proto.getGraphBuilder()
                .addInitializer(TensorProto.newBuilder()
                        .setName("training")
                        .setDataType(TensorProto.DataType.BOOL_VALUE)
                        .addInt32Data(training ? 1 : 0));
        return OnnxModel.of(proto.build());
    }
}
