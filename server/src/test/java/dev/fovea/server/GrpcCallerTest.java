package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.fovea.fault.FoveaException;
import dev.fovea.runtime.session.Priority;
import dev.fovea.serving.CacheUse;
import dev.fovea.synthetic.FabricClass;
import dev.fovea.wire.GRPCInferenceServiceGrpc;
import dev.fovea.wire.InferParameter;
import dev.fovea.wire.InferTensorContents;
import dev.fovea.wire.ModelInferRequest;
import dev.fovea.wire.ModelInferResponse;
import dev.fovea.wire.ModelStatisticsRequest;
import dev.fovea.wire.ModelStreamInferResponse;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Callers who hang up or whose time is up are worked for no longer. Every request here waits a while for company that
 * never comes, as each test has a model of its own, and two items fill the line.
 */
class GrpcCallerTest {

    private static final long PATIENCE_SECONDS = 60;
    private static final String DELAY_MS = "10000";

    private static RunningServer server;
    private static ManagedChannel channel;
    private static GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub stub;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.with(
                models -> {
                    for (String name : List.of("cancelled", "late", "streamed", "full")) {
                        models.tensors(name, TensorModels.echo());
                    }
                    models.promote(models.register("shirts", 1));
                    models.promote(models.register("shoes", 1));
                },
                Map.of(
                        "batching.max-queue-delay",
                        DELAY_MS + "ms",
                        "batching.max-batch-size",
                        "4",
                        "batching.max-queue-size",
                        "2",
                        "inference.tuning-timeout",
                        "0s"));
        channel = GrpcCalls.channel(server);
        stub = GRPCInferenceServiceGrpc.newBlockingStub(channel);
    }

    @AfterAll
    static void stop() throws IOException {
        channel.shutdownNow();
        server.close();
    }

    @Test
    void shouldDropTheRequestOfACallerThatHangsUp() {
        long answered = answered("cancelled");
        Future<ModelInferResponse> waiting =
                GRPCInferenceServiceGrpc.newFutureStub(channel).modelInfer(twoRows("cancelled"));
        await(() -> isFull("cancelled"));
        waiting.cancel(true);
        await(() -> !isFull("cancelled"));
        assertThat(answered("cancelled")).isEqualTo(answered);
    }

    @Test
    void shouldDropTheRequestOfACallerWhoseTimeIsUp() {
        long answered = answered("late");
        GrpcApiTest.assertFails(
                () -> stub.withDeadlineAfter(1500, TimeUnit.MILLISECONDS).modelInfer(twoRows("late")),
                Status.Code.DEADLINE_EXCEEDED);
        await(() -> !isFull("late"));
        assertThat(answered("late")).isEqualTo(answered);
    }

    @Test
    void shouldDropTheRequestOfAStreamThatIsCancelled() {
        long answered = answered("streamed");
        ClientCall<ModelInferRequest, ModelStreamInferResponse> call =
                channel.newCall(GRPCInferenceServiceGrpc.getModelStreamInferMethod(), io.grpc.CallOptions.DEFAULT);
        StreamObserver<ModelInferRequest> requests =
                ClientCalls.asyncBidiStreamingCall(call, new Deaf<ModelStreamInferResponse>());
        requests.onNext(twoRows("streamed"));
        await(() -> isFull("streamed"));
        ((ClientCallStreamObserver<ModelInferRequest>) requests).cancel("enough", null);
        await(() -> !isFull("streamed"));
        assertThat(answered("streamed")).isEqualTo(answered);
    }

    @Test
    void shouldDropEveryImageOfACallerThatHangsUp() {
        long answered = answered("shirts");
        Future<ModelInferResponse> waiting =
                GRPCInferenceServiceGrpc.newFutureStub(channel).modelInfer(images("shirts", 2));
        await(() -> isFull("shirts"));
        waiting.cancel(true);
        await(() -> !isFull("shirts"));
        assertThat(answered("shirts")).isEqualTo(answered);
    }

    @Test
    void shouldLetNoImageWaitOnceAnotherOfItsCallHasFailed() {
        long answered = answered("shoes");
        GrpcApiTest.assertFails(() -> stub.modelInfer(images("shoes", 3)), Status.Code.UNAVAILABLE, "waiting");
        await(() -> !isFull("shoes"));
        assertThat(answered("shoes")).isEqualTo(answered);
    }

    @Test
    void shouldCallItselfUnavailableOnlyForWhatItDidNotRun() {
        Future<ModelInferResponse> waiting =
                GRPCInferenceServiceGrpc.newFutureStub(channel).modelInfer(twoRows("full"));
        await(() -> isFull("full"));
        GrpcApiTest.assertFails(() -> stub.modelInfer(twoRows("full")), Status.Code.UNAVAILABLE, "waiting");
        GrpcApiTest.assertFails(
                () -> stub.modelInfer(GrpcCalls.row(1).setModelName("full").build()),
                Status.Code.INVALID_ARGUMENT,
                "bytes");
        waiting.cancel(true);
        await(() -> !isFull("full"));
    }

    private static ModelInferRequest twoRows(String model) {
        ModelInferRequest.Builder request =
                GrpcCalls.row(1, 2, 3, 4, 5, 6, 7, 8).setModelName(model);
        request.getInputsBuilder(0).setShape(0, 2);
        return request.build();
    }

    private static ModelInferRequest images(String model, int count) {
        InferTensorContents.Builder files = InferTensorContents.newBuilder();
        for (int i = 0; i < count; i++) {
            files.addBytesContents(ByteString.copyFrom(TestModels.image(FabricClass.HOLE, i)));
        }
        return ModelInferRequest.newBuilder()
                .setModelName(model)
                .putParameters(
                        "priority",
                        InferParameter.newBuilder().setUint64Param(1).build())
                .addInputs(ModelInferRequest.InferInputTensor.newBuilder()
                        .setName("image")
                        .setDatatype("BYTES")
                        .addShape(count)
                        .setContents(files))
                .build();
    }

    private static boolean isFull(String model) {
        try {
            server.server().application().predictor().requireRoom(model, Priority.HIGH, CacheUse.DEFAULT);
            return false;
        } catch (FoveaException e) {
            return true;
        }
    }

    private static long answered(String model) {
        return stub.modelStatistics(ModelStatisticsRequest.newBuilder()
                        .setName(model)
                        .setVersion("1")
                        .build())
                .getModelStats(0)
                .getInferenceCount();
    }

    private static void await(BooleanSupplier condition) {
        Awaitility.await().atMost(Duration.ofSeconds(PATIENCE_SECONDS)).until(condition::getAsBoolean);
    }

    /** Hears nothing. */
    private static final class Deaf<T> implements StreamObserver<T> {
        @Override
        public void onNext(T value) {}

        @Override
        public void onError(Throwable t) {}

        @Override
        public void onCompleted() {}
    }
}
