package dev.fovea.model.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.model.graph.EmbeddingTensor.Channels;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureMapTest {

    private static String conv(GraphBuilder graph, String input, String output, int channels, int stride) {
        String weights = graph.weights("w-" + output, List.of((long) channels, 3L, 1L, 1L), new float[3 * channels]);
        return graph.node("Conv", output, List.of(input, weights), GraphBuilder.ints("strides", stride, stride));
    }

    private static GraphBuilder start() {
        GraphBuilder graph = new GraphBuilder("net");
        conv(graph, graph.input("pixels", 1, 3, 64, 64), "c1", 3, 2);
        conv(graph, "c1", "c2", 3, 2);
        graph.node("Relu", "r2", List.of("c2"));
        conv(graph, "r2", "c3", 3, 2);
        return graph;
    }

    @Test
    void shouldFindWhatIsEnlargedFirst() {
        GraphBuilder graph = start();
        graph.node("Relu", "top", List.of("c3"));
        graph.node("Resize", "up", List.of("top", "", graph.weights("scales", List.of(4L), new float[] {1, 1, 2, 2})));
        conv(graph, "up", "out", 3, 1);
        OnnxModel model = graph.output("out", 1, 3, 16, 16).build();
        assertThat(FeatureMap.find(model)).contains(new EmbeddingTensor("top", Channels.SECOND));
    }

    /** A network that begins by enlarging its input. */
    @Test
    void shouldNotTakeTheImageForAMap() {
        GraphBuilder graph = new GraphBuilder("net");
        String pixels = graph.input("pixels", 1, 3, 64, 64);
        graph.node("Resize", "big", List.of(pixels, "", graph.weights("s", List.of(4L), new float[] {1, 1, 2, 2})));
        conv(graph, "big", "c1", 3, 4);
        conv(graph, "c1", "boxes", 3, 1);
        conv(graph, "c1", "scores", 3, 1);
        OnnxModel model = graph.output("boxes", 1, 3, 32, 32)
                .output("scores", 1, 3, 32, 32)
                .build();
        assertThat(FeatureMap.find(model)).contains(new EmbeddingTensor("c1", Channels.SECOND));
    }

    @Test
    void shouldFindTheSmallestMapThatTheHeadsShare() {
        GraphBuilder graph = start();
        conv(graph, "c3", "c4", 3, 1);
        conv(graph, "c4", "boxes", 3, 1);
        conv(graph, "c4", "scores", 3, 1);
        conv(graph, "scores", "refined", 3, 1);
        OnnxModel model =
                graph.output("boxes", 1, 3, 8, 8).output("refined", 1, 3, 8, 8).build();
        assertThat(FeatureMap.find(model)).contains(new EmbeddingTensor("c4", Channels.SECOND));
    }

    @Test
    void shouldFindTheLastMapThatALayerTakesWhereNoneIsShared() {
        GraphBuilder graph = start();
        conv(graph, "c3", "out", 3, 1);
        OnnxModel model = graph.output("out", 1, 3, 8, 8).build();
        assertThat(FeatureMap.find(model)).contains(new EmbeddingTensor("c3", Channels.SECOND));
    }

    @Test
    void shouldFindNoneInANetworkThatKeepsTheSize() {
        GraphBuilder graph = new GraphBuilder("net");
        conv(graph, graph.input("pixels", 1, 3, 8, 8), "c1", 3, 1);
        conv(graph, "c1", "out", 3, 2);
        assertThat(FeatureMap.find(graph.output("out", 1, 3, 4, 4).build())).isEmpty();
    }
}
