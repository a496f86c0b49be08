package dev.fovea.inference;

import dev.fovea.edge.telemetry.RequestSpan;
import dev.fovea.edge.telemetry.RequestTracer;
import dev.fovea.edge.telemetry.TracedRequest;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.util.Optional;

/** A gRPC call that ends its span. */
final class TracedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {

    private final RequestSpan span;

    private TracedCall(ServerCall<Q, A> call, RequestSpan span) {
        super(call);
        this.span = span;
    }

    /** Starts a call in a span of its own, where it is sampled. */
    static <Q, A> ServerCall.Listener<Q> start(
            Optional<RequestTracer> tracer,
            Optional<String> client,
            ServerCall<Q, A> call,
            Metadata headers,
            ServerCallHandler<Q, A> next) {
        Optional<RequestSpan> begun = tracer.flatMap(traces -> traces.begin(TracedRequest.grpc(
                call.getMethodDescriptor().getFullMethodName(),
                name -> headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)))));
        if (begun.isEmpty()) {
            return GrpcDetails.start(client, begun, call, headers, next);
        }
        RequestSpan span = begun.get();
        return new SimpleForwardingServerCallListener<>(
                GrpcDetails.start(client, begun, new TracedCall<>(call, span), headers, next)) {
            @Override
            public void onCancel() {
                span.endGrpc(Status.Code.CANCELLED.value(), false);
                super.onCancel();
            }
        };
    }

    @Override
    public void close(Status status, Metadata trailers) {
        boolean failed = switch (status.getCode()) {
            case UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS -> true;
            case OK, CANCELLED, INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS, PERMISSION_DENIED -> false;
            case RESOURCE_EXHAUSTED, FAILED_PRECONDITION, ABORTED, OUT_OF_RANGE, UNAUTHENTICATED -> false;
        };
        span.endGrpc(status.getCode().value(), failed);
        super.close(status, trailers);
    }
}
