package dev.fovea.model.graph;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import org.junit.jupiter.api.Test;

class InferenceGraphTest {

    @Test
    void shouldTurnWeightsThatAreListedAsInputsIntoConstants() {
        OnnxModel rewritten =
                InferenceGraph.of(listingWeights(3, convolution())).orElseThrow();
        assertThat(rewritten.proto().getIrVersion()).isEqualTo(4);
        assertThat(rewritten.proto().getGraph().getInputList())
                .extracting(ValueInfoProto::getName)
                .containsExactly("pixels");
        assertThat(rewritten.proto().getGraph().getInitializerList())
                .extracting(TensorProto::getName)
                .containsExactly("kernel");
    }

    @Test
    void shouldLeaveOtherGraphsAsTheyAre() {
        assertThat(InferenceGraph.of(convolution())).isEmpty();
    }

    /** A 1 × 1 convolution of three channels. */
    private static OnnxModel convolution() {
        GraphBuilder graph = new GraphBuilder("convolution");
        String pixels = graph.input("pixels", 1, 3, 8, 8);
        String kernel = graph.weights("kernel", List.of(2L, 3L, 1L, 1L), new float[] {1, 0, 0, 0, 1, 0});
        graph.node("Conv", "out", List.of(pixels, kernel));
        return graph.output("out", 1, 2, 8, 8).build();
    }

    /** As exporters wrote it before version 4 of the format. */
    private static OnnxModel listingWeights(long version, OnnxModel model) {
        ModelProto.Builder proto = model.proto().toBuilder().setIrVersion(version);
        GraphProto graph = proto.getGraph();
        for (TensorProto weights : graph.getInitializerList()) {
            proto.getGraphBuilder().addInput(ValueInfoProto.newBuilder().setName(weights.getName()));
        }
        return OnnxModel.of(proto.build());
    }
}
