package dev.fovea.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.protocol.HttpBinding;
import dev.fovea.remote.protocol.AttemptFailed;
import dev.fovea.remote.protocol.AttemptProblem;
import dev.fovea.remote.protocol.Protocol;
import dev.fovea.remote.protocol.RelativeBox;
import dev.fovea.remote.protocol.RemoteFindings;
import dev.fovea.remote.protocol.RemoteObject;
import dev.fovea.remote.protocol.ServiceResponse;
import dev.fovea.remote.provider.OpenInferenceProvider;
import dev.fovea.remote.provider.Provider;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Any bytes of a service are read, or refused with the reason. */
class MalformedResponsesTest {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final URI HERE = URI.create("http://localhost:1");
    private static final OpenInferenceProvider.Output CLASSES =
            new OpenInferenceProvider.Output.ClassificationOutput("probabilities", 2);
    private static final List<String> ODD = List.of(
            "null",
            "true",
            "-1",
            "1e999",
            "1e-999",
            "\"\"",
            "\"NaN\"",
            "\"a:b:c\"",
            "[]",
            "{}",
            "[[[]]]",
            "123456789012345678901234567890");
    private static final String FLOATS =
            "{\"outputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [1, 2], \"data\": [0.25, 0.75]}]}";

    /** A format with a valid response. */
    private record Sample(Protocol protocol, String response) {}

    private static List<Sample> samples() {
        return List.of(
                new Sample(Protocol.of(Models.google(HERE), Clock.systemUTC()), Responses.GOOGLE),
                new Sample(Protocol.of(Models.aws(HERE), Clock.systemUTC()), Responses.AWS),
                new Sample(Protocol.of(Models.azure(HERE), Clock.systemUTC()), Responses.AZURE),
                new Sample(Protocol.of(Models.open(HERE, CLASSES), Clock.systemUTC()), Responses.CLASSIFIED),
                new Sample(
                        Protocol.of(
                                Models.open(HERE, new OpenInferenceProvider.Output.Logits("x", List.of("a", "b"))),
                                Clock.systemUTC()),
                        FLOATS));
    }

    @Property(tries = 2000)
    void shouldSayWhatIsWrongWhenOneValueIsReplaced(
            @ForAll @IntRange(max = 4) int which, @ForAll long seed, @ForAll @IntRange(max = 11) int odd) {
        Sample sample = samples().get(which);
        JsonNode response = MAPPER.readTree(sample.response());
        replaceOne(response, new Random(seed), MAPPER.readTree(ODD.get(odd)));
        assertReadable(sample.protocol(), response.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 1000)
    void shouldSayWhatIsWrongWhenBytesAreChangedOrCutOff(@ForAll @IntRange(max = 4) int which, @ForAll long seed) {
        Sample sample = samples().get(which);
        Random random = new Random(seed);
        byte[] body = sample.response().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 3; i++) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        assertReadable(sample.protocol(), body);
        assertReadable(sample.protocol(), Arrays.copyOf(body, random.nextInt(body.length)));
    }

    @Property(tries = 1000)
    void shouldSayWhatIsWrongWithAnyBinaryPart(
            @ForAll byte[] tail,
            @ForAll @IntRange(min = -2, max = 300) int size,
            @ForAll @IntRange(min = -2, max = 300) int head) {
        String json =
                "{\"outputs\": [{\"name\": \"probabilities\", \"datatype\": \"BYTES\", \"shape\": [1], \"parameters\": {\"binary_data_size\": %d}}]}"
                        .formatted(size);
        byte[] body = (json + new String(tail, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
        Protocol protocol = Protocol.of(Models.open(HERE, CLASSES), Clock.systemUTC());
        assertReadable(protocol, body, Integer.toString(json.length()));
        assertReadable(protocol, body, Integer.toString(head));
        assertReadable(protocol, body, "many");
    }

    @Test
    void shouldSurviveNestingWithoutEnd() {
        byte[] deep = ("{\"outputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"data\": " + "[".repeat(100_000))
                .getBytes(StandardCharsets.UTF_8);
        for (Sample sample : samples()) {
            assertReadable(sample.protocol(), deep);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "google|''|the response must be a JSON object",
                "google|{\"responses\": 3}|responses must be an array but is 3",
                "google|{\"responses\": []}|it has 0 responses for one image",
                "google|{\"responses\": [{\"labelAnnotations\": [{\"score\": 0.5}]}]}|responses[0].labelAnnotations[0].description is missing",
                "aws|{\"Labels\": [{\"Name\": \"Dog\", \"Confidence\": 101}]}|Labels[0].Confidence must be a confidence of 0 to 100.0 but is 101",
                "aws|{}|Labels is missing",
                "azure|{\"tagsResult\": {\"values\": [{\"name\": 7, \"confidence\": 1}]}}|tagsResult.values[0].name must be a text but is 7",
                "azure|{\"tagsResult\": {\"values\": []}, \"metadata\": {\"width\": 0, \"height\": 1}}|metadata.width must be at least 1 but is 0",
                "open|{\"outputs\": []}|it has no output \"probabilities\"",
                "open|<html>|The body is not the JSON of an inference response",
                "open|{\"outputs\": [{\"name\": \"x\", \"datatype\": \"FP33\"}]}|The datatype \"FP33\" is unknown",
            })
    void shouldNameWhatWasWrong(String service, String body, String wrong) {
        try (LocalService local = new LocalService().then(200, body)) {
            Provider provider = switch (service) {
                case "google" -> Models.google(local.uri());
                case "aws" -> Models.aws(local.uri());
                case "azure" -> Models.azure(local.uri());
                default -> Models.open(local.uri(), CLASSES);
            };
            try (RemoteModel model = Models.create().open(provider)) {
                assertThatThrownBy(() -> model.predict(Models.IMAGE, Models.AMPLE))
                        .isInstanceOfSatisfying(
                                FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REMOTE_FAILED))
                        .hasMessageContaining("it sent an invalid response: " + wrong);
            }
        }
    }

    private static void assertReadable(Protocol protocol, byte[] body, String... headLength) {
        Map<String, List<String>> headers =
                headLength.length == 0 ? Map.of() : Map.of(HttpBinding.JSON_LENGTH, List.of(headLength));
        ServiceResponse response = new ServiceResponse(200, HttpHeaders.of(headers, (name, value) -> true), body);
        assertThatCode(() -> {
                    try {
                        RemoteFindings findings = protocol.findings(response);
                        assertThat(findings.labels())
                                .allSatisfy(
                                        label -> assertThat(label.confidence()).isBetween(0.0, 1.0));
                        assertThat(findings.objects()).allSatisfy(MalformedResponsesTest::assertWithin);
                    } catch (AttemptFailed failure) {
                        assertThat(failure.text()).isNotBlank();
                    }
                    try {
                        protocol.errorResponse(response);
                    } catch (AttemptFailed failure) {
                        assertThat(failure.problem()).isEqualTo(AttemptProblem.MALFORMED);
                    }
                })
                .doesNotThrowAnyException();
    }

    private static void assertWithin(RemoteObject object) {
        RelativeBox box = object.box();
        assertThat(List.of(box.left(), box.top(), box.width(), box.height()))
                .allSatisfy(number -> assertThat(number).isBetween(0.0, 1.0));
        assertThat(box.left() + box.width()).isLessThanOrEqualTo(1 + 1e-12);
        assertThat(box.top() + box.height()).isLessThanOrEqualTo(1 + 1e-12);
    }

    /** Puts another value, or none, in the place of one value somewhere in the tree. */
    private static void replaceOne(JsonNode root, Random random, JsonNode other) {
        List<JsonNode> containers = new ArrayList<>();
        collect(root, containers);
        JsonNode container = containers.get(random.nextInt(containers.size()));
        if (container instanceof ObjectNode object) {
            List<String> names = new ArrayList<>(object.propertyNames());
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(4) == 0) {
                object.remove(name);
            } else {
                object.set(name, other);
            }
        } else if (container instanceof ArrayNode array) {
            array.set(random.nextInt(array.size()), other);
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainer() && !node.isEmpty()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }
}
