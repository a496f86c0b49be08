package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.fovea.model.tensor.ByteStrings;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.synthetic.FabricClass;
import dev.fovea.wire.DataType;
import dev.fovea.wire.GRPCInferenceServiceGrpc;
import dev.fovea.wire.InferParameter;
import dev.fovea.wire.InferTensorContents;
import dev.fovea.wire.ModelConfig;
import dev.fovea.wire.ModelConfigRequest;
import dev.fovea.wire.ModelInferRequest;
import dev.fovea.wire.ModelInferResponse;
import dev.fovea.wire.ModelMetadataRequest;
import dev.fovea.wire.ModelMetadataResponse;
import dev.fovea.wire.ModelReadyRequest;
import dev.fovea.wire.ModelStatistics;
import dev.fovea.wire.ModelStatisticsRequest;
import dev.fovea.wire.RepositoryIndexRequest;
import dev.fovea.wire.RepositoryIndexResponse;
import dev.fovea.wire.RepositoryModelLoadRequest;
import dev.fovea.wire.RepositoryModelLoadResponse;
import dev.fovea.wire.RepositoryModelUnloadRequest;
import dev.fovea.wire.RepositoryModelUnloadResponse;
import dev.fovea.wire.ServerLiveRequest;
import dev.fovea.wire.ServerMetadataRequest;
import dev.fovea.wire.ServerReadyRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Open Inference Protocol over gRPC, call by call. */
class GrpcApiTest {

    private static RunningServer server;
    private static ManagedChannel channel;
    private static GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub stub;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.with(
                models -> {
                    RunningServer.shirts(models);
                    TensorModels.register(models);
                },
                Map.of("limits.max-request-size", "1MiB"));
        channel = GrpcCalls.channel(server);
        stub = GRPCInferenceServiceGrpc.newBlockingStub(channel);
    }

    @AfterAll
    static void stop() throws IOException {
        channel.shutdownNow();
        server.close();
    }

    @Test
    void shouldTellOfItself() {
        assertThat(stub.serverLive(ServerLiveRequest.getDefaultInstance()).getLive())
                .isTrue();
        assertThat(stub.serverReady(ServerReadyRequest.getDefaultInstance()).getReady())
                .isTrue();
        assertThat(stub.serverMetadata(ServerMetadataRequest.getDefaultInstance())
                        .getName())
                .isEqualTo("fovea");
        assertThat(stub.serverMetadata(ServerMetadataRequest.getDefaultInstance())
                        .getExtensionsList())
                .contains("binary_tensor_data");
    }

    @Test
    void shouldAnswerTheUsualHealthService() {
        HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(channel);
        for (String service : List.of("", "inference.GRPCInferenceService")) {
            assertThat(health.check(HealthCheckRequest.newBuilder()
                                    .setService(service)
                                    .build())
                            .getStatus())
                    .isEqualTo(ServingStatus.SERVING);
        }
        assertFails(
                () -> health.check(
                        HealthCheckRequest.newBuilder().setService("nothing").build()),
                Status.Code.NOT_FOUND);
    }

    @Test
    void shouldTellOfAModel() {
        assertThat(stub.modelReady(
                                ModelReadyRequest.newBuilder().setName("echo").build())
                        .getReady())
                .isTrue();
        ModelMetadataResponse metadata = stub.modelMetadata(ModelMetadataRequest.newBuilder()
                .setName("echo")
                .setVersion("1")
                .build());
        assertThat(metadata.getVersionsList()).containsExactly("1");
        assertThat(metadata.getPlatform()).isEqualTo("onnxruntime_onnx");
        assertThat(metadata.getInputs(0).getShapeList()).containsExactly(-1L, 4L);
        assertThat(metadata.getOutputsList())
                .extracting(ModelMetadataResponse.TensorMetadata::getName)
                .containsExactly("same", "double");
        ModelConfig config = stub.modelConfig(
                        ModelConfigRequest.newBuilder().setName("texts").build())
                .getConfig();
        assertThat(config.getInput(0).getDataType()).isEqualTo(DataType.TYPE_STRING);
        assertThat(stub.modelConfig(
                                ModelConfigRequest.newBuilder().setName("fixed").build())
                        .getConfig()
                        .getMaxBatchSize())
                .isZero();
    }

    @Test
    void shouldAnswerRawWhetherItWasAskedRawOrTyped() {
        ModelInferRequest.Builder typed =
                GrpcCalls.row(1, 2, 3, 4).setId("id 7").setModelVersion("1");
        typed.getInputsBuilder(0)
                .setContents(InferTensorContents.newBuilder().addAllFp32Contents(List.of(1f, 2f, 3f, 4f)));
        ModelInferRequest raw = GrpcCalls.row(1, 2, 3, 4).setId("id 7").build();
        for (ModelInferRequest request :
                List.of(raw, typed.clearRawInputContents().build())) {
            ModelInferResponse answer = stub.modelInfer(request);
            assertThat(answer.getModelName()).isEqualTo("echo");
            assertThat(answer.getModelVersion()).isEqualTo("1");
            assertThat(answer.getId()).isEqualTo("id 7");
            assertThat(answer.getOutputsList())
                    .extracting(ModelInferResponse.InferOutputTensor::getName)
                    .containsExactly("same", "double");
            assertThat(answer.getOutputsList()).noneMatch(ModelInferResponse.InferOutputTensor::hasContents);
            assertThat(answer.getRawOutputContentsList())
                    .containsExactly(GrpcCalls.floats(1, 2, 3, 4), GrpcCalls.floats(2, 4, 6, 8));
        }
    }

    @Test
    void shouldAnswerTheOutputsThatAreNamedInTheirOrder() {
        ModelInferResponse answer = stub.modelInfer(GrpcCalls.row(1, 0, 0, 0)
                .addOutputs(GrpcCalls.wanted("double"))
                .addOutputs(GrpcCalls.wanted("same"))
                .build());
        assertThat(answer.getRawOutputContentsList())
                .containsExactly(GrpcCalls.floats(2, 0, 0, 0), GrpcCalls.floats(1, 0, 0, 0));
    }

    @Test
    void shouldTakeImagesThroughTheContractAndNameTheirBestClasses() {
        byte[] file = TestModels.image(FabricClass.HOLE, 5);
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder()
                .setModelName("shirts")
                .addInputs(ModelInferRequest.InferInputTensor.newBuilder()
                        .setName("image")
                        .setDatatype("BYTES")
                        .addShape(2)
                        .setContents(InferTensorContents.newBuilder()
                                .addBytesContents(ByteString.copyFrom(file))
                                .addBytesContents(ByteString.copyFrom(file))))
                .addOutputs(GrpcCalls.wanted("logits")
                        .putParameters(
                                "classification",
                                InferParameter.newBuilder().setInt64Param(1).build()));
        ModelInferResponse answer = stub.modelInfer(request.build());
        assertThat(answer.getOutputs(0).getDatatype()).isEqualTo("BYTES");
        assertThat(answer.getOutputs(0).getShapeList()).containsExactly(2L, 1L);
        List<String> best = ByteStrings.unpack(new Tensor(
                        "best",
                        dev.fovea.model.tensor.DataType.BYTES,
                        new long[] {2, 1},
                        answer.getRawOutputContents(0).asReadOnlyByteBuffer()))
                .stream()
                .map(text -> new String(text, StandardCharsets.UTF_8))
                .toList();
        assertThat(best.getFirst()).matches(".+:[0-2]:(hole|none|tear)").isEqualTo(best.getLast());
        assertThat(stub.modelInfer(request.setModelVersion("2").build()).getModelVersion())
                .isEqualTo("2");
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(GrpcCalls.row(1, 2, 3, 4).setModelName("nobody"), Status.Code.NOT_FOUND, "nobody"),
                Arguments.of(GrpcCalls.row(1, 2, 3, 4).setModelVersion("9"), Status.Code.NOT_FOUND, "9"),
                Arguments.of(GrpcCalls.row(1, 2, 3, 4).setModelVersion("one"), Status.Code.NOT_FOUND, "one"),
                Arguments.of(GrpcCalls.row(1, 2, 3), Status.Code.INVALID_ARGUMENT, "12 bytes"),
                Arguments.of(
                        GrpcCalls.row(1, 2, 3, 4).addRawInputContents(ByteString.EMPTY),
                        Status.Code.INVALID_ARGUMENT,
                        "2 raw contents"),
                Arguments.of(
                        GrpcCalls.row(1, 2, 3, 4).clearRawInputContents(), Status.Code.INVALID_ARGUMENT, "0 bytes"),
                Arguments.of(
                        GrpcCalls.row(1, 2, 3, 4).addOutputs(GrpcCalls.wanted("triple")),
                        Status.Code.INVALID_ARGUMENT,
                        "triple"),
                Arguments.of(
                        ModelInferRequest.newBuilder().setModelName("echo"), Status.Code.INVALID_ARGUMENT, "\"x\""),
                Arguments.of(
                        GrpcCalls.row(1, 2, 3, 4)
                                .putParameters(
                                        "shared_memory_region",
                                        InferParameter.newBuilder()
                                                .setStringParam("r")
                                                .build()),
                        Status.Code.INVALID_ARGUMENT,
                        "shared memory"),
                Arguments.of(
                        GrpcCalls.row(1, 2, 3, 4)
                                .putParameters(
                                        "timeout",
                                        InferParameter.newBuilder()
                                                .setInt64Param(1)
                                                .build()),
                        Status.Code.DEADLINE_EXCEEDED,
                        "0 ms"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void shouldSayWhatIsWrong(ModelInferRequest.Builder request, Status.Code code, String named) {
        assertFails(() -> stub.modelInfer(request.build()), code, named);
    }

    @Test
    void shouldSayThatAModelIsNotThereInEveryCall() {
        assertFails(
                () -> stub.modelReady(
                        ModelReadyRequest.newBuilder().setName("nobody").build()),
                Status.Code.NOT_FOUND,
                "nobody");
        assertFails(
                () -> stub.modelMetadata(
                        ModelMetadataRequest.newBuilder().setName("nobody").build()),
                Status.Code.NOT_FOUND,
                "nobody");
        assertFails(
                () -> stub.modelConfig(
                        ModelConfigRequest.newBuilder().setName("nobody").build()),
                Status.Code.NOT_FOUND,
                "nobody");
        assertFails(
                () -> stub.modelStatistics(
                        ModelStatisticsRequest.newBuilder().setName("nobody").build()),
                Status.Code.NOT_FOUND,
                "nobody");
        assertFails(
                () -> stub.repositoryModelLoad(RepositoryModelLoadRequest.newBuilder()
                        .setModelName("nobody")
                        .build()),
                Status.Code.NOT_FOUND,
                "nobody");
        assertFails(
                () -> stub.repositoryModelUnload(RepositoryModelUnloadRequest.newBuilder()
                        .setModelName("nobody")
                        .build()),
                Status.Code.NOT_FOUND,
                "nobody");
    }

    @Test
    void shouldRefuseAMessagePastTheLimit() {
        assertFails(() -> stub.modelInfer(GrpcCalls.row(new float[1 << 18]).build()), Status.Code.RESOURCE_EXHAUSTED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldUnloadAndLoadAModelHoweverItIsNamed(boolean second) {
        RepositoryModelUnloadResponse unloaded = stub.repositoryModelUnload(
                second
                        ? RepositoryModelUnloadRequest.newBuilder()
                                .setModelName("fixed")
                                .build()
                        : RepositoryModelUnloadRequest.newBuilder()
                                .setRepositoryName("fixed")
                                .build());
        assertThat(unloaded.getIsUnloaded()).isTrue();
        assertThat(unloaded.getModelName()).isEqualTo("fixed");
        assertThat(stub.modelReady(
                                ModelReadyRequest.newBuilder().setName("fixed").build())
                        .getReady())
                .isFalse();
        assertFails(
                () -> stub.modelInfer(
                        ModelInferRequest.newBuilder().setModelName("fixed").build()),
                Status.Code.UNAVAILABLE,
                "load");
        assertThat(index(true)).contains("echo").doesNotContain("fixed");
        assertThat(index(false)).contains("fixed");
        RepositoryModelLoadResponse loaded = stub.repositoryModelLoad(
                second
                        ? RepositoryModelLoadRequest.newBuilder()
                                .setModelName("fixed")
                                .build()
                        : RepositoryModelLoadRequest.newBuilder()
                                .setRepositoryName("fixed")
                                .build());
        assertThat(loaded.getIsLoaded()).isTrue();
        assertThat(index(true)).contains("fixed");
    }

    private static List<String> index(boolean ready) {
        return stub
                .repositoryIndex(
                        RepositoryIndexRequest.newBuilder().setReady(ready).build())
                .getModelsList()
                .stream()
                .map(RepositoryIndexResponse.ModelIndex::getName)
                .toList();
    }

    @Test
    void shouldCountWhatItAnswered() {
        long before = statistics("echo").getInferenceCount();
        stub.modelInfer(GrpcCalls.row(1, 2, 3, 4).build());
        await().atMost(Duration.ofSeconds(60)).until(() -> statistics("echo").getInferenceCount() > before);
        assertThat(statistics("echo").getInferenceStats().getSuccess().getNs()).isPositive();
        assertThat(stub.modelStatistics(ModelStatisticsRequest.getDefaultInstance())
                        .getModelStatsList())
                .extracting(ModelStatistics::getName)
                .contains("echo", "shirts", "half");
    }

    private static ModelStatistics statistics(String name) {
        return stub.modelStatistics(ModelStatisticsRequest.newBuilder()
                        .setName(name)
                        .setVersion("1")
                        .build())
                .getModelStats(0);
    }

    static void assertFails(ThrowingCallable call, Status.Code code, String... words) {
        StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(failure).isNotNull();
        assertThat(failure.getStatus().getCode()).as(failure.toString()).isEqualTo(code);
        String told = String.valueOf(failure.getStatus().getDescription());
        assertThat(told).doesNotContain("dev.fovea").doesNotContain("Exception");
        for (String word : words) {
            assertThat(told).contains(word);
        }
    }
}
