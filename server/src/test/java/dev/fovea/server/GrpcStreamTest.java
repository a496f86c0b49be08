package dev.fovea.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fovea.wire.GRPCInferenceServiceGrpc;
import dev.fovea.wire.ModelInferRequest;
import dev.fovea.wire.ModelReadyRequest;
import dev.fovea.wire.ModelStatisticsRequest;
import dev.fovea.wire.ModelStreamInferResponse;
import dev.fovea.wire.RepositoryIndexRequest;
import dev.fovea.wire.ServerLiveRequest;
import dev.fovea.wire.ServerReadyRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of requests over gRPC, and the keys that callers show. */
class GrpcStreamTest {

    private static final String KEY = "a-key-of-more-than-16-characters";
    private static final int MANY = 100;
    private static final int ROWS = 12_000;

    private static RunningServer server;
    private static ManagedChannel channel;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.with(TensorModels::register, Map.of("auth.api-keys", KEY));
        channel = GrpcCalls.channel(server);
    }

    @AfterAll
    static void stop() throws IOException {
        channel.shutdownNow();
        server.close();
    }

    @Test
    void shouldGoOnAfterAnErrorInTheMiddleOfAStream() throws Exception {
        Listener answers = new Listener(Integer.MAX_VALUE);
        StreamObserver<ModelInferRequest> requests =
                withKey(GRPCInferenceServiceGrpc.newStub(channel)).modelStreamInfer(answers);
        for (int i = 0; i < 10; i++) {
            ModelInferRequest.Builder request = i == 4
                    ? GrpcCalls.row(1)
                    : i == 6 ? GrpcCalls.row(1, 2, 3, 4).setModelName("nobody") : GrpcCalls.row(i, 2, 3, 4);
            requests.onNext(request.setId("id " + i).build());
        }
        requests.onCompleted();
        List<ModelStreamInferResponse> heard = answers.all();
        assertThat(heard).hasSize(10);
        for (int i = 0; i < 10; i++) {
            ModelStreamInferResponse one = heard.get(i);
            assertThat(one.getInferResponse().getId()).isEqualTo("id " + i);
            if (i == 4 || i == 6) {
                assertThat(one.getErrorMessage()).contains(i == 4 ? "bytes" : "nobody");
                assertThat(one.getInferResponse().getOutputsList()).isEmpty();
            } else {
                assertThat(one.getErrorMessage()).isEmpty();
                assertThat(one.getInferResponse().getRawOutputContents(1)).isEqualTo(GrpcCalls.floats(2 * i, 4, 6, 8));
            }
        }
    }

    @Test
    void shouldEndAStreamWithoutRequests() throws Exception {
        Listener answers = new Listener(Integer.MAX_VALUE);
        withKey(GRPCInferenceServiceGrpc.newStub(channel))
                .modelStreamInfer(answers)
                .onCompleted();
        assertThat(answers.all()).isEmpty();
    }

    @Test
    void shouldTakeNoMoreRequestsThanItsCallerTakesAnswers() throws Exception {
        long before = answered();
        Listener answers = new Listener(0);
        StreamObserver<ModelInferRequest> requests =
                withKey(GRPCInferenceServiceGrpc.newStub(channel)).modelStreamInfer(answers);
        ModelInferRequest.Builder rows = GrpcCalls.row(new float[4 * ROWS]);
        rows.getInputsBuilder(0).setShape(0, ROWS);
        for (int i = 0; i < MANY; i++) {
            requests.onNext(rows.setId(Integer.toString(i)).build());
        }
        requests.onCompleted();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> answered() != before);
        for (int i = 0; i < MANY; i++) {
            assertThat(answered() - before).isLessThan(MANY / 2);
        }
        answers.take(MANY + 1);
        List<ModelStreamInferResponse> heard = answers.all();
        assertThat(heard).hasSize(MANY).allMatch(one -> one.getErrorMessage().isEmpty());
        assertThat(heard.getLast().getInferResponse().getId()).isEqualTo(Integer.toString(MANY - 1));
    }

    private static long answered() {
        return withKey(GRPCInferenceServiceGrpc.newBlockingStub(channel))
                .modelStatistics(
                        ModelStatisticsRequest.newBuilder().setName("echo").build())
                .getModelStats(0)
                .getInferenceCount();
    }

    @Test
    void shouldAskForAKeyInEveryCallButHealth() throws Exception {
        GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub stub =
                GRPCInferenceServiceGrpc.newBlockingStub(channel);
        assertThat(stub.serverLive(ServerLiveRequest.getDefaultInstance()).getLive())
                .isTrue();
        assertThat(stub.serverReady(ServerReadyRequest.getDefaultInstance()).getReady())
                .isTrue();
        assertThat(HealthGrpc.newBlockingStub(channel)
                        .check(HealthCheckRequest.getDefaultInstance())
                        .getStatus())
                .isEqualTo(ServingStatus.SERVING);
        GrpcApiTest.assertFails(
                () -> stub.modelInfer(GrpcCalls.row(1, 2, 3, 4).build()), Status.Code.UNAUTHENTICATED, "Bearer KEY");
        GrpcApiTest.assertFails(
                () -> stub.modelReady(
                        ModelReadyRequest.newBuilder().setName("echo").build()),
                Status.Code.UNAUTHENTICATED);
        GrpcApiTest.assertFails(
                () -> stub.repositoryIndex(RepositoryIndexRequest.getDefaultInstance()), Status.Code.UNAUTHENTICATED);
        Listener answers = new Listener(Integer.MAX_VALUE);
        GRPCInferenceServiceGrpc.newStub(channel).modelStreamInfer(answers);
        GrpcApiTest.assertFails(answers::all, Status.Code.UNAUTHENTICATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {KEY, "Basic " + KEY, "Bearer " + KEY + "x", "Bearer "})
    void shouldRefuseAWrongKey(String authorization) {
        GrpcApiTest.assertFails(
                () -> with(GRPCInferenceServiceGrpc.newBlockingStub(channel), authorization)
                        .modelInfer(GrpcCalls.row(1, 2, 3, 4).build()),
                Status.Code.UNAUTHENTICATED);
    }

    @Test
    void shouldAnswerWhoShowsAKey() {
        assertThat(withKey(GRPCInferenceServiceGrpc.newBlockingStub(channel))
                        .modelInfer(GrpcCalls.row(1, 2, 3, 4).build())
                        .getOutputsCount())
                .isEqualTo(2);
    }

    private static <S extends io.grpc.stub.AbstractStub<S>> S withKey(S stub) {
        return with(stub, "Bearer " + KEY);
    }

    private static <S extends io.grpc.stub.AbstractStub<S>> S with(S stub, String authorization) {
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), authorization);
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    /** Gathers answers, as many as it asks for. */
    private static final class Listener implements ClientResponseObserver<ModelInferRequest, ModelStreamInferResponse> {
        private final int first;
        private final List<ModelStreamInferResponse> heard = new CopyOnWriteArrayList<>();
        private final CompletableFuture<List<ModelStreamInferResponse>> done = new CompletableFuture<>();
        private final CompletableFuture<ClientCallStreamObserver<ModelInferRequest>> call = new CompletableFuture<>();

        Listener(int first) {
            this.first = first;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<ModelInferRequest> started) {
            started.disableAutoRequestWithInitial(first);
            call.complete(started);
        }

        void take(int count) {
            call.join().request(count);
        }

        List<ModelStreamInferResponse> all() throws Exception {
            try {
                return done.get(60, TimeUnit.SECONDS);
            } catch (java.util.concurrent.ExecutionException e) {
                throw e.getCause() instanceof RuntimeException failed ? failed : e;
            }
        }

        @Override
        public void onNext(ModelStreamInferResponse value) {
            heard.add(value);
        }

        @Override
        public void onError(Throwable t) {
            done.completeExceptionally(t);
        }

        @Override
        public void onCompleted() {
            done.complete(heard);
        }
    }
}
