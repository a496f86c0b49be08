package dev.fovea.remote.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.remote.LocalService;
import dev.fovea.remote.Models;
import dev.fovea.remote.RemoteModel;
import dev.fovea.remote.RemotePrediction;
import dev.fovea.remote.Responses;
import dev.fovea.remote.protocol.RemoteLabel;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The Open Inference Protocol, spoken with a server on this machine. */
class OpenInferenceProviderTest {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final List<String> LABELS = List.of("grass", "dog");

    private final LocalService service = new LocalService();
    private final Models models = Models.create();

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void shouldSendTheImageAsOneBinaryElementAndRequestClasses() {
        service.then(200, Responses.CLASSIFIED);
        RemotePrediction prediction =
                predict(new OpenInferenceProvider.Output.ClassificationOutput("probabilities", 2));
        LocalService.Request request = service.requests.getFirst();
        assertThat(request.method() + " " + request.uri()).isEqualTo("POST /v2/models/pets/infer");
        assertThat(request.headers())
                .containsEntry("authorization", "Bearer " + Models.SECRET)
                .containsEntry("content-type", "application/octet-stream");
        int head = Integer.parseInt(Optional.ofNullable(request.headers().get("inference-header-content-length"))
                .orElseThrow());
        assertThat(MAPPER.readTree(Arrays.copyOf(request.body(), head))).isEqualTo(MAPPER.readTree("""
                                {"inputs": [{"name": "image", "shape": [1], "datatype": "BYTES", "parameters": {"binary_data_size": 9}}],
                                 "outputs": [{"name": "probabilities", "parameters": {"binary_data": false, "classification": 2}}]}"""));
        assertThat(Arrays.copyOfRange(request.body(), head, request.body().length))
                .containsExactly(5, 0, 0, 0, 0xff, 0xd8, 1, 2, 3);
        assertThat(prediction.labels()).containsExactly(new RemoteLabel("animal", 0.97));
    }

    @Test
    void shouldRequestAVersionUnderItsOwnPath() {
        service.then(200, Responses.CLASSIFIED);
        predict(new OpenInferenceProvider(
                service.uri(),
                Optional.empty(),
                "my pets",
                Optional.of("3"),
                new OpenInferenceProvider.Input("image", List.of(1, 1)),
                new OpenInferenceProvider.Output.ClassificationOutput("probabilities", 2)));
        assertThat(service.requests.getFirst().uri()).hasToString("/v2/models/my%20pets/versions/3/infer");
        assertThat(service.requests.getFirst().headers()).doesNotContainKey("authorization");
    }

    @Test
    void shouldReadProbabilitiesAndLogitsFromJson() {
        assertThat(predict(
                                new OpenInferenceProvider.Output.Probabilities("scores", LABELS),
                                200,
                                floats("[[0.25, 0.75]]"))
                        .labels())
                .containsExactly(new RemoteLabel("animal", 0.75));
        // exp(ln 3) / (1 + exp(ln 3)) = 3/4
        assertThat(predict(
                                new OpenInferenceProvider.Output.Logits("scores", LABELS),
                                200,
                                floats("[0, 1.0986122886681098]"))
                        .best()
                        .orElseThrow()
                        .confidence())
                .isCloseTo(0.75, within(1e-7));
    }

    @Test
    void shouldReadTheBinaryPartBehindAnotherTensor() {
        byte[] head = """
                {"outputs": [{"name": "other", "datatype": "BYTES", "shape": [1], "parameters": {"binary_data_size": 5}},
                 {"name": "scores", "datatype": "FP32", "shape": [1, 2], "parameters": {"binary_data_size": 8}}]}""".getBytes(StandardCharsets.UTF_8);
        ByteBuffer tail = ByteBuffer.allocate(13).order(ByteOrder.LITTLE_ENDIAN);
        tail.putInt(1).put((byte) 'x').putFloat(0.25f).putFloat(0.75f);
        assertThat(predict(new OpenInferenceProvider.Output.Probabilities("scores", LABELS), head, tail.array())
                        .labels())
                .containsExactly(new RemoteLabel("animal", 0.75));
    }

    @Test
    void shouldReadClassesFromTheBinaryPart() {
        byte[] text = "0.5:1:dog".getBytes(StandardCharsets.UTF_8);
        byte[] head = """
                {"outputs": [{"name": "scores", "datatype": "BYTES", "shape": [1], "parameters": {"binary_data_size": 13}}]}""".getBytes(StandardCharsets.UTF_8);
        byte[] tail = ByteBuffer.allocate(13)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(text.length)
                .put(text)
                .array();
        assertThat(predict(new OpenInferenceProvider.Output.ClassificationOutput("scores", 1), head, tail)
                        .labels())
                .containsExactly(new RemoteLabel("animal", 0.5));
    }

    @Test
    void shouldReportLogitsReadAsProbabilities() {
        service.then(200, floats("[-3, 7.5]"));
        assertThatThrownBy(() -> predict(new OpenInferenceProvider.Output.Probabilities("scores", LABELS)))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REMOTE_FAILED))
                .hasMessageContaining("set kind to logits");
    }

    @Test
    void shouldReportTheMessageOfTheServer() {
        service.then(404, "{\"error\": \"Request for unknown model: 'pets' is not found\"}");
        assertThatThrownBy(() -> predict(new OpenInferenceProvider.Output.ClassificationOutput("scores", 1)))
                .hasMessage(
                        "pets (Open Inference server) failed: it returned HTTP 404: \"Request for unknown model: 'pets' is not found\". "
                                + "Check its credentials, its address and the names of model and tensors.");
    }

    private RemotePrediction predict(OpenInferenceProvider.Output output) {
        return predict(Models.open(service.uri(), output));
    }

    private RemotePrediction predict(Provider provider) {
        try (RemoteModel model = models.open(provider)) {
            return model.predict(Models.IMAGE, Models.AMPLE);
        }
    }

    private RemotePrediction predict(OpenInferenceProvider.Output output, int status, String body) {
        try (LocalService other = new LocalService().then(status, body)) {
            return predict(Models.open(other.uri(), output));
        }
    }

    private RemotePrediction predict(OpenInferenceProvider.Output output, byte[] head, byte[] tail) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(head);
        body.writeBytes(tail);
        service.then(200, body.toByteArray(), "Inference-Header-Content-Length", Integer.toString(head.length));
        return predict(output);
    }

    private static String floats(String data) {
        return "{\"outputs\": [{\"name\": \"scores\", \"datatype\": \"FP32\", \"shape\": [1, 2], \"data\": %s}]}"
                .formatted(data);
    }
}
