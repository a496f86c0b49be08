package dev.fovea.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Box;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.NanoDet;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.decoder.Selection;
import dev.fovea.model.json.PreprocessingContractJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
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
                new Postprocessing.OneLabel(Optional.of("out"), Activation.SIGMOID, 1, Optional.of("map")),
                new Postprocessing.MultiLabel(Optional.of("out"), Activation.SIGMOID, 0.4),
                new Postprocessing.Embedding(Optional.of("vector")),
                new Postprocessing.Decoding(
                        new DecoderConfig.SemanticMap("map", DecoderConfig.PixelValues.LOGIT, 0.6)));
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
                .isEqualTo(new Postprocessing.MultiLabel(Activation.SIGMOID, 0.5));
        assertThat(read("embedding", "").postprocessing()).isEqualTo(new Postprocessing.Embedding());
        assertThat(read("segmentation", "'decoder':{'kind':'semantic-map','output':'map'},")
                        .postprocessing())
                .isEqualTo(new Postprocessing.Decoding(new DecoderConfig.SemanticMap("map")));
    }

    /**
     * A version's identity is the digest of these bytes. The value is Python's {@code hashlib.sha256} of the document
     * that the writer before data binding gave, with today's fields of a golden test.
     */
    @Test
    void shouldWriteTheSameBytesAsEver() {
        Manifest manifest = new Manifest(
                "n\u00e4me \uD83D\uDE00 \"q\" </b>",
                List.of("\u00e4\u2028", "c\u0001\n"),
                Optional.of(PreprocessingContractJson.read("""
                        {"color": "GRAY", "alpha": "#01AbFf", "crop": {"center": [3, 4]}, "mean": [1e-9],
                         "resize": {"fit": "letterbox", "size": [640, 480], "filter": "area", "engine": "pillow-13"}}
                        """)),
                new Postprocessing.Decoding(new NanoDet(
                        List.of("o"), List.of(8), 7, 0.5, DecoderConfig.ScoreActivation.NONE, Selection.DEFAULT)),
                Optional.of("{\"b\":1.50,\"a\":[1e10,null,true,12345678901234567890,0.1234567890123456789]}"),
                new Lineage("ds", "p:1", Map.of("lr", "0.1", "a", "b"), "1.0", "4 cores", 12.5),
                List.of(
                        new GoldenVector(
                                "a.png",
                                "abc",
                                List.of(0.1f, -1e-9f, 1e20f),
                                new TreeMap<>(Map.of("o/scores", 1e-4)),
                                Optional.empty()),
                        new GoldenVector(
                                "b.png",
                                "d",
                                List.of(),
                                new TreeMap<>(Map.of("o/boxes", 0.1)),
                                Optional.of(List.of(new GoldenDetection(3, 0.5, new Box(0.1f, 2, 3.3333333f, 4e6f)))))),
                new TreeMap<>(Map.of("model.onnx", "aa")));
        assertThat(Sha256.of(ManifestJson.write(manifest)))
                .isEqualTo("983a909936de3661a825df78f3e08975cf11e02a479dd600f30b53ec06215c32");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            "labels" | "label"    | bundle.label is not known; known here are activation, contract, decoder, evaluation
            "name":"old", | ''    | bundle.name is missing
            "dataset":""  | "dataset":3 | bundle.lineage.dataset must be a text but is 3
            0.0 | "NaN" | bundle.lineage.training_seconds must be a number but is "NaN"
            1.25 | 0 | temperature 0.0 is not positive
            "temperature":1.25, | '' | bundle.temperature is missing
            "files":{} | "files":{"a":1} | bundle.files.a must be a text but is 1
            "files":{} | "files":{},"golden":[{"image":"a"}] | bundle.golden[0].tensor_sha256 is missing
            } | '' | bundle is not JSON
            """)
    void shouldNameTheFieldThatIsWrong(String part, String otherwise, String message) {
        String json = OLD.formatted("classification", "\"activation\":\"softmax\",\"temperature\":1.25,");
        assertThatThrownBy(() -> ManifestJson.read(
                        json.replace(part, otherwise).getBytes(StandardCharsets.UTF_8), "id/bundle.json"))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUNDLE_CORRUPT))
                .hasMessageStartingWith("id/bundle.json: " + message)
                .hasMessageEndingWith(" Register the model again.");
    }

    private static Manifest read(String task, String fields) {
        String json = OLD.formatted(task, fields.replace('\'', '"'));
        return ManifestJson.read(json.getBytes(StandardCharsets.UTF_8), "bundle.json");
    }
}
