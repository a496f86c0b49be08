package dev.fovea.quantize.calibration;

import static dev.fovea.model.graph.GraphBuilder.BATCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.Engine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** By hand. */
class ChannelAbsMaxTest {

    @Test
    void shouldKeepTheLargestMagnitudeOfEachChannelOverAllImages() {
        GraphBuilder graph = new GraphBuilder("negative");
        String x = graph.input("input", BATCH, 2, 1, 2);
        graph.node("Neg", "y", List.of(graph.node("Neg", "inner", List.of(x))));
        OnnxModel model = graph.output("y", BATCH, 2, 1, 2).build();
        List<Tensor> images = List.of(image(1, -3, 0.5f, 0.25f), image(2, 1, -4, 0));
        ChannelAbsMax seen = ChannelAbsMax.of(Engine.open(), model, List.of("inner"), images);
        assertThat(seen.of("inner").orElseThrow()).containsExactly(3, 4);
        assertThat(seen.max("inner")).isEqualTo(4);
        assertThat(seen.of("unknown")).isEmpty();
        assertThat(seen.max("unknown")).isZero();
    }

    private static Tensor image(float... values) {
        return Tensor.of("input", new long[] {1, 2, 1, 2}, values);
    }
}
