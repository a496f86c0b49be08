package dev.fovea.inference;

import dev.fovea.config.Settings;
import dev.fovea.edge.ApiKeys;
import dev.fovea.edge.HttpPort;
import dev.fovea.edge.telemetry.RequestTracer;
import dev.fovea.wire.GRPCInferenceServiceGrpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The gRPC server on its port; stopping it finishes what is in flight. */
public final class GrpcEndpoint implements AutoCloseable {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Set<String> FREE = Set.of(
            HealthGrpc.getCheckMethod().getFullMethodName(),
            HealthGrpc.getWatchMethod().getFullMethodName(),
            GRPCInferenceServiceGrpc.getServerLiveMethod().getFullMethodName(),
            GRPCInferenceServiceGrpc.getServerReadyMethod().getFullMethodName());

    private static final long MAX_IDLE_SECONDS = 60;

    private final Settings settings;
    private final EventLoopGroup accepting = new NioEventLoopGroup(1, threads("grpc-accept"));
    private final EventLoopGroup connected = new NioEventLoopGroup(0, threads("grpc-io"));
    private final HealthStatusManager health = new HealthStatusManager();
    private final AtomicBoolean refusing = new AtomicBoolean();
    private final Server server;

    /** An endpoint that does not listen yet. */
    public GrpcEndpoint(Settings settings, ApiKeys keys, Optional<RequestTracer> tracer, GrpcService service) {
        this.settings = settings;
        ServerServiceDefinition inference = service.bindService();
        health.setStatus(inference.getServiceDescriptor().getName(), ServingStatus.SERVING);
        this.server = NettyServerBuilder.forAddress(new InetSocketAddress(
                        settings.server().host(), settings.server().grpcPort()))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .channelFactory(() -> new LimitedServerChannel(settings.server().maxConnections()))
                .bossEventLoopGroup(accepting)
                .workerEventLoopGroup(connected)
                .maxConnectionIdle(MAX_IDLE_SECONDS, TimeUnit.SECONDS)
                .maxInboundMessageSize(settings.limits().maxRequestSize().intBytes())
                .decompressorRegistry(GrpcGzip.registry())
                .intercept(new KeyCheck(keys, tracer))
                .addService(GarbageCheck.around(inference))
                .addService(GarbageCheck.around(health.getHealthService().bindService()))
                .build();
    }

    private static ThreadFactory threads(String name) {
        return Thread.ofPlatform().name(name + "-", 0).daemon().factory();
    }

    /** {@code CONFIGURATION_INVALID} when the port is taken. */
    public void start() {
        try {
            server.start();
        } catch (IOException e) {
            throw HttpPort.inUse(
                    "server.grpc-port",
                    settings.server().host(),
                    settings.server().grpcPort(),
                    e);
        }
    }

    /** The port that is bound. */
    public int port() {
        return server.getPort();
    }

    /** Reports NOT_SERVING from now on; calls get responses all the same. */
    public void refuse() {
        if (!refusing.getAndSet(true)) {
            health.enterTerminalState();
        }
    }

    /** Refuses new calls and waits for those in flight until the drain timeout. */
    @Override
    public void close() {
        refuse();
        server.shutdown();
        try {
            if (!server.awaitTermination(settings.shutdown().drainTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            server.shutdownNow();
        }
        var _ = accepting.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        var _ = connected.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    /** Requires a key of every call but those for health, when keys are configured. */
    private record KeyCheck(ApiKeys keys, Optional<RequestTracer> tracer) implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            boolean free = FREE.contains(call.getMethodDescriptor().getFullMethodName());
            String authorization = headers.get(AUTHORIZATION);
            if (free) {
                return next.startCall(call, headers);
            }
            if (!keys.accepts(authorization)) {
                call.close(
                        Status.UNAUTHENTICATED.withDescription(
                                "This server requires an API key that it knows. Send it as metadata: authorization: Bearer KEY."),
                        new Metadata());
            } else if (keys.waitOf(authorization).isPositive()) {
                call.close(Status.UNAVAILABLE.withDescription(ApiKeys.TOO_MANY), new Metadata());
            } else {
                return TracedCall.start(tracer, keys.nameOf(authorization), call, headers, next);
            }
            return new ServerCall.Listener<>() {};
        }
    }
}
