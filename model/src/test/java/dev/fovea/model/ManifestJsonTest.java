package dev.fovea.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.Postprocessing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestJsonTest {

    /** As it was written before bundles named an output. */
    private static final String OLD = """
            {"name":"old","task":"%s","labels":["a","b"],%s
             "lineage":{"dataset":"","parent":"","settings":{},"code_version":"1","machine":"m","training_seconds":0.0},
             "files":{}}
            """;

    static Stream<Postprocessing> decisions() {
        return Stream.of(
                new Postprocessing.OneLabel(Activation.SOFTMAX, 1.5),
                new Postprocessing.OneLabel(Optional.of("out"), Activation.NONE, 1),
                new Postprocessing.OneLabel(Optional.of("out"), Activation.SIGMOID, 1),
                new Postprocessing.OneLabel(Activation.ARGMAX, 1),
                new Postprocessing.Labels(Optional.of("out"), Activation.SIGMOID, 0.4),
                new Postprocessing.Embedding(Optional.of("vector")),
                new Postprocessing.Objects(new DecoderConfig.SemanticMap("map", DecoderConfig.PixelValues.LOGIT, 0.6)));
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void shouldKeepWhatWasDecided(Postprocessing postprocessing) {
        Manifest manifest = new Manifest(
                "shirts",
                List.of("a", "b"),
                Optional.empty(),
                postprocessing,
                Optional.empty(),
                Lineage.imported("a.onnx", "1", "m"),
                List.of(),
                new TreeMap<>());
        assertThat(ManifestJson.read(ManifestJson.write(manifest), "bundle.json"))
                .isEqualTo(manifest);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            classification | 'activation':'softmax','temperature':1.25, | SOFTMAX
            classification | 'activation':'none','temperature':1.0,     | NONE
            """)
    void shouldReadClassifiersThatNameNoOutput(String task, String fields, Activation activation) {
        Manifest manifest = read(task, fields);
        assertThat(manifest.postprocessing()).isInstanceOfSatisfying(Postprocessing.OneLabel.class, one -> {
            assertThat(one.output()).isEmpty();
            assertThat(one.activation()).isEqualTo(activation);
        });
    }

    @Test
    void shouldReadOtherTasksThatNameNoOutput() {
        assertThat(read("multi-label", "'activation':'sigmoid','threshold':0.5,")
                        .postprocessing())
                .isEqualTo(new Postprocessing.Labels(Activation.SIGMOID, 0.5));
        assertThat(read("embedding", "").postprocessing()).isEqualTo(new Postprocessing.Embedding());
        assertThat(read("segmentation", "'decoder':{'kind':'semantic-map','output':'map'},")
                        .postprocessing())
                .isEqualTo(new Postprocessing.Objects(new DecoderConfig.SemanticMap("map")));
    }

    private static Manifest read(String task, String fields) {
        String json = OLD.formatted(task, fields.replace('\'', '"'));
        return ManifestJson.read(json.getBytes(StandardCharsets.UTF_8), "bundle.json");
    }
}
