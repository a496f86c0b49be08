package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.fovea.model.tensor.ByteStrings;
import dev.fovea.synthetic.FabricClass;
import dev.fovea.wire.GRPCInferenceServiceGrpc;
import dev.fovea.wire.ModelInferRequest;
import dev.fovea.wire.ModelMetadataRequest;
import dev.fovea.wire.ModelReadyRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is unknown is 404 and {@code NOT_FOUND}, what is not served 503 and {@code UNAVAILABLE}, on every transport. */
class NotServedTest {

    private static final byte[] IMAGE = TestModels.image(FabricClass.HOLE, 1);

    private static RunningServer server;
    private static ManagedChannel channel;
    private static GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub stub;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.with(models -> {
            RunningServer.shirts(models);
            models.register("candidate", 3);
            models.promote(models.register("unloaded", 4));
        });
        channel = GrpcCalls.channel(server);
        stub = GRPCInferenceServiceGrpc.newBlockingStub(channel);
        assertThat(server.post("/v2/repository/models/unloaded/unload", "{}").status())
                .isEqualTo(200);
    }

    @AfterAll
    static void stop() throws IOException {
        channel.shutdownNow();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "nobody, '', 404, MODEL_UNKNOWN, NOT_FOUND",
        "shirts, 9, 404, VERSION_UNKNOWN, NOT_FOUND",
        "candidate, 9, 404, VERSION_UNKNOWN, NOT_FOUND",
        "candidate, '', 503, MODEL_NOT_SERVED, UNAVAILABLE",
        "unloaded, '', 503, MODEL_NOT_SERVED, UNAVAILABLE",
    })
    void shouldSayTheSameOnEveryTransport(String model, String version, int http, String code, Status.Code status)
            throws Exception {
        String query = version.isEmpty() ? "" : "?version=" + version;
        String path = "/v2/models/" + model + (version.isEmpty() ? "" : "/versions/" + version);
        RunningServer.Reply reply = server.send(server.request("/v1/models/%s/predict%s".formatted(model, query))
                .POST(BodyPublishers.ofByteArray(IMAGE)));
        assertThat(reply.status()).isEqualTo(http);
        assertThat(reply.code()).isEqualTo(code);
        String body = """
                {"inputs": [{"name": "image", "datatype": "BYTES", "shape": [1], "data": ["%s"]}]}
                """.formatted(Base64.getEncoder().encodeToString(IMAGE));
        assertThat(server.post(path + "/infer", body).status()).isEqualTo(http);
        assertThat(server.get(path).status()).isEqualTo(http);
        assertThat(server.get(path + "/config").status()).isEqualTo(http);
        assertThat(server.get(path + "/ready").status()).isEqualTo(http);

        assertThat(status(() -> stub.modelInfer(infer(model, version)))).isEqualTo(status);
        assertThat(status(() -> stub.modelMetadata(ModelMetadataRequest.newBuilder()
                        .setName(model)
                        .setVersion(version)
                        .build())))
                .isEqualTo(status);
        ModelReadyRequest ready = ModelReadyRequest.newBuilder()
                .setName(model)
                .setVersion(version)
                .build();
        if (status == Status.Code.NOT_FOUND) {
            assertThat(status(() -> stub.modelReady(ready))).isEqualTo(status);
        } else {
            assertThat(stub.modelReady(ready).getReady()).isFalse();
        }
    }

    @Test
    void shouldCallWorkOnNoVersionAConflict() throws Exception {
        RunningServer.Reply reply = server.post("/v1/jobs", "{\"type\": \"quantize\", \"model\": \"candidate\"}");
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.code()).isEqualTo("STATE_CONFLICT");
    }

    private static Status.Code status(Runnable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call::run)
                .getStatus()
                .getCode();
    }

    private static ModelInferRequest infer(String model, String version) {
        return ModelInferRequest.newBuilder()
                .setModelName(model)
                .setModelVersion(version)
                .addInputs(ModelInferRequest.InferInputTensor.newBuilder()
                        .setName("image")
                        .setDatatype("BYTES")
                        .addShape(1))
                .addRawInputContents(ByteString.copyFrom(ByteStrings.pack(List.of(IMAGE))))
                .build();
    }
}
