package dev.fovea.model.head;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.Size;
import dev.fovea.model.graph.EmbeddingTensor;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.NetworkBuilder;
import dev.fovea.model.graph.NetworkBuilder.Family;
import dev.fovea.model.graph.NetworkBuilder.Scale;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.TensorSpec;
import dev.fovea.model.head.CutPoints.CutPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class CutPointsTest {

    /** a, then two ways to a sum: inside of them the network cannot be cut. */
    @Test
    void aNetworkIsCutWhereAllPathsMeet() {
        GraphBuilder graph = new GraphBuilder("block");
        String image = graph.input("image", GraphBuilder.BATCH, 2, 8, 8);
        String first = graph.weights("w1", List.of(2L, 2L, 1L, 1L), new float[4]);
        String second = graph.weights("w2", List.of(2L, 2L, 1L, 1L), new float[4]);
        graph.node("Conv", "a", List.of(image, first));
        graph.node("Conv", "left", List.of("a", second));
        graph.node("Relu", "right", List.of("a"));
        graph.node("Add", "sum", List.of("left", "right"));
        graph.node("Conv", "again", List.of("sum", second));
        graph.node("GlobalAveragePool", "mean", List.of("again"));
        graph.node("Flatten", "features", List.of("mean"));
        OnnxModel model = graph.output("features", GraphBuilder.BATCH, 2).build();

        List<CutPoint> points = CutPoints.of(model, new EmbeddingTensor("features", EmbeddingTensor.Channels.LAST));

        assertThat(points)
                .extracting(point -> point.tensor().name())
                .containsExactly("a", "sum", "again", "mean", "features");
        assertThat(points).extracting(CutPoint::parameters).containsExactly(4L, 8L, 8L, 8L, 8L);
    }

    @Test
    void everyPointIsAnOutputOfTheExposedNetwork() {
        OnnxModel model = NetworkBuilder.build(Family.RESIDUAL, Scale.SMALL, 3, Size.square(64), 5, 1);
        EmbeddingTensor last =
                EmbeddingTensor.find(model, model.outputs().getFirst().name()).orElseThrow();
        List<CutPoint> points = CutPoints.of(model, last);

        OnnxModel exposed = CutPoints.exposed(model, points);

        assertThat(points).hasSizeGreaterThan(4);
        assertThat(points.getLast().tensor()).isEqualTo(last);
        assertThat(points).isSortedAccordingTo((a, b) -> Long.compare(a.parameters(), b.parameters()));
        assertThat(exposed.outputs())
                .extracting(TensorSpec::name)
                .containsExactlyElementsOf(
                        points.stream().map(point -> point.tensor().name()).toList());
    }
}
