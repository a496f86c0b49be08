package dev.fovea.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.preprocess.ImageTransform;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.DecoderConfig.PixelValues;
import dev.fovea.model.decoder.DecoderConfigJson;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.outputs.MapDecision;
import dev.fovea.model.outputs.MapRecognition;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.OutputDecoder;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import dev.fovea.runtime.validation.OutputTrial;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Maps of pixels as segmentation networks give them; the scores of a pixel are its red, green and blue, each less 0.5.
 */
class MapDecisionTest {

    private static final int EDGE = Tiny.EDGE;
    private static final List<byte[]> IMAGES =
            List.of(Tiny.png(250, 120, 40), Tiny.png(10, 20, 200), Tiny.png(90, 200, 60));
    private static final List<String> MASK = List.of("thing");
    private static final List<String> REST = List.of("background", "thing");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            scores       | 3 | SCORES
            scores last  | 3 | SCORES_LAST
            argmax       | 3 | CLASSES
            argmax keep  | 3 | CLASSES
            argmax float | 3 | CLASSES
            sigmoid      | 1 | PROBABILITY
            sigmoid      | 2 | PROBABILITY
            sigmoid flat | 1 | PROBABILITY
            logit        | 1 | LOGIT
            logit        | 2 | LOGIT
            bool         | 1 | PROBABILITY
            """)
    void shouldReadEachKindOfMap(String kind, int labels, PixelValues wanted) {
        OnnxModel model = ending(kind);
        List<String> names = labels == 3 ? Tiny.LABELS : labels == 2 ? REST : MASK;
        DecoderConfig.SemanticMap decoder = decide(model, names);
        assertThat(decoder.values()).isEqualTo(wanted);
        assertThat(DecoderConfigJson.read(DecoderConfigJson.write(decoder))).isEqualTo(decoder);
        Map<Integer, Long> areas = areas(model, decoder, labels);
        // the left half of the image is red, the right half dark green
        switch (labels) {
            case 3 -> assertThat(areas).isEqualTo(Map.of(0, 32L, 1, 32L));
            case 2 -> assertThat(areas).isEqualTo(Map.of(0, 32L, 1, 32L));
            default -> assertThat(areas).isEqualTo(Map.of(0, 32L));
        }
    }

    @Test
    void shouldRefuseLabelsThatAreNoneOfTheMap() {
        assertThatThrownBy(() -> decide(ending("argmax"), REST))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("one of 3 classes");
        assertThatThrownBy(() -> decide(ending("sigmoid"), Tiny.LABELS)).hasMessageContaining("mask of one class");
        assertThatThrownBy(() -> decide(ending("scores"), REST)).hasMessageContaining("no map of 2 labels");
    }

    @Test
    void shouldRecogniseAMapByItsIntegersOrItsSize() {
        assertThat(MapRecognition.of(ending("argmax"), Optional.empty(), 3)).isPresent();
        assertThat(MapRecognition.of(ending("scores"), Optional.empty(), 3)).isPresent();
        assertThat(MapRecognition.of(ending("scores"), Optional.empty(), 4)).isEmpty();
        assertThat(MapRecognition.of(ending("sigmoid"), Optional.empty(), 1)).isPresent();
        assertThat(MapRecognition.of(Tiny.means(1), Optional.empty(), 3)).isEmpty();
    }

    private static DecoderConfig.SemanticMap decide(OnnxModel model, List<String> labels) {
        return MapDecision.of(
                        model,
                        new DecoderConfig.SemanticMap("map"),
                        labels,
                        OutputTrial.run(Engine.open(), model.bytes(), Tiny.CONTRACT, IMAGES))
                .decoder();
    }

    private static Map<Integer, Long> areas(OnnxModel model, DecoderConfig decoder, int labels) {
        float[] pixels = new float[3 * EDGE * EDGE];
        for (int i = 0; i < EDGE * EDGE; i++) {
            boolean left = i % EDGE < EDGE / 2;
            pixels[i] = left ? 0.9f : 0.1f;
            pixels[EDGE * EDGE + i] = left ? 0.2f : 0.4f;
        }
        try (Session session = Engine.open().load(model.bytes(), SessionSettings.forThisMachine())) {
            Map<String, Tensor> outputs = new HashMap<>();
            session.run(List.of(Tensor.of("pixels", new long[] {1, 3, EDGE, EDGE}, pixels)))
                    .forEach(output -> outputs.put(output.name(), output));
            Decoded decoded =
                    OutputDecoder.decode(decoder, outputs, ImageTransform.identity(Size.square(EDGE)), labels);
            Map<Integer, Long> areas = new HashMap<>();
            ((Decoded.ClassRegions) decoded)
                    .regions()
                    .forEach(region ->
                            areas.put(region.label(), (long) region.mask().area()));
            return areas;
        }
    }

    private static OnnxModel ending(String kind) {
        GraphBuilder graph = new GraphBuilder("map");
        String pixels = graph.input("pixels", 1, 3, EDGE, EDGE);
        int channels = kind.startsWith("scores") || kind.startsWith("argmax") ? 3 : 1;
        float[] weights = new float[3 * channels];
        float[] bias = new float[channels];
        for (int i = 0; i < channels; i++) {
            weights[3 * i + i] = 1;
            bias[i] = -0.5f;
        }
        String scores = graph.node(
                "Conv",
                "scores",
                List.of(
                        pixels,
                        graph.weights("weights", List.of((long) channels, 3L, 1L, 1L), weights),
                        graph.weights("bias", List.of((long) channels), bias)));
        var axis = GraphBuilder.integer("axis", 1);
        return switch (kind) {
            case "scores" -> {
                graph.node("Identity", "map", List.of(scores));
                yield graph.output("map", 1, 3, EDGE, EDGE).build();
            }
            case "scores last" -> {
                graph.node("Transpose", "map", List.of(scores), GraphBuilder.ints("perm", 0, 2, 3, 1));
                yield graph.output("map", 1, EDGE, EDGE, 3).build();
            }
            case "argmax" -> {
                graph.node("ArgMax", "map", List.of(scores), axis, GraphBuilder.integer("keepdims", 0));
                yield typed(graph.output("map", 1, EDGE, EDGE).build(), 7);
            }
            case "argmax keep" -> {
                graph.node("ArgMax", "map", List.of(scores), axis);
                yield typed(graph.output("map", 1, 1, EDGE, EDGE).build(), 7);
            }
            case "argmax float" -> {
                String index = graph.node("ArgMax", "index", List.of(scores), axis);
                graph.node("Cast", "map", List.of(index), GraphBuilder.integer("to", 1));
                yield graph.output("map", 1, 1, EDGE, EDGE).build();
            }
            case "sigmoid" -> {
                graph.node("Sigmoid", "map", List.of(scores));
                yield graph.output("map", 1, 1, EDGE, EDGE).build();
            }
            case "sigmoid flat" -> {
                String shares = graph.node("Sigmoid", "shares", List.of(scores));
                graph.node("Squeeze", "map", List.of(shares, graph.integers("axes", 1)));
                yield graph.output("map", 1, EDGE, EDGE).build();
            }
            case "bool" -> {
                graph.node("Greater", "map", List.of(scores, graph.weights("zero", List.of(), new float[] {0})));
                yield typed(graph.output("map", 1, 1, EDGE, EDGE).build(), 9);
            }
            default -> {
                graph.node("Identity", "map", List.of(scores));
                yield graph.output("map", 1, 1, EDGE, EDGE).build();
            }
        };
    }

    private static OnnxModel typed(OnnxModel model, int type) {
        var proto = model.proto().toBuilder();
        proto.getGraphBuilder()
                .getOutputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .setElemType(type);
        return OnnxModel.of(proto.build());
    }
}
