package dev.fovea.inference;

import dev.fovea.fault.FoveaException;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Responds to a gRPC call with one message, or with the status of its error. */
final class UnaryCall {

    private static final Logger LOG = LoggerFactory.getLogger("fovea.grpc");

    private UnaryCall() {}

    static <T> void respond(StreamObserver<T> responseObserver, Supplier<T> work) {
        if (responseObserver instanceof ServerCallStreamObserver<T> caller) {
            // a caller that hung up gets no response, which is no error
            caller.setOnCancelHandler(() -> {});
        }
        try {
            responseObserver.onNext(work.get());
            responseObserver.onCompleted();
        } catch (FoveaException e) {
            if (e.getCause() != null) {
                LOG.warn("{}: {}", e.code(), e.getMessage(), e.getCause());
            }
            responseObserver.onError(GrpcStatus.of(e).asRuntimeException());
        } catch (RuntimeException e) {
            LOG.error("a call failed", e);
            responseObserver.onError(Status.INTERNAL
                    .withDescription("Something went wrong that should not; the log has it.")
                    .asRuntimeException());
        }
    }
}
