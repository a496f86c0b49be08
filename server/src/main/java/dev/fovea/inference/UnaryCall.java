package dev.fovea.inference;

import dev.fovea.fault.FoveaException;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a gRPC call with one message, or with the status of its error. */
final class UnaryCall {

    private static final Logger LOG = LoggerFactory.getLogger("fovea.grpc");

    private UnaryCall() {}

    static <T> void answer(StreamObserver<T> answer, Supplier<T> work) {
        if (answer instanceof ServerCallStreamObserver<T> caller) {
            // who hung up gets no answer, which is no error either
            caller.setOnCancelHandler(() -> {});
        }
        try {
            answer.onNext(work.get());
            answer.onCompleted();
        } catch (FoveaException e) {
            if (e.getCause() != null) {
                LOG.warn("{}: {}", e.code(), e.getMessage(), e.getCause());
            }
            answer.onError(GrpcStatus.of(e).asRuntimeException());
        } catch (RuntimeException e) {
            LOG.error("a call failed", e);
            answer.onError(Status.INTERNAL
                    .withDescription("Something went wrong that should not; the log has it.")
                    .asRuntimeException());
        }
    }
}
