package dev.fovea.inference;

import dev.fovea.edge.telemetry.FailureLog;
import dev.fovea.fault.FoveaException;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** Responds to a gRPC call with one message, or with the status of its error. */
final class UnaryCall {

    private static final FailureLog LOG = new FailureLog(LoggerFactory.getLogger("fovea.grpc"));
    private static final FailureLog.Subject CALL = new GrpcSubject();

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
            LOG.known(e, CALL);
            responseObserver.onError(GrpcStatus.of(e).asRuntimeException());
        } catch (RuntimeException e) {
            LOG.unexpected(e, CALL);
            responseObserver.onError(Status.INTERNAL
                    .withDescription("Something went wrong that should not; the log has it.")
                    .asRuntimeException());
        }
    }

    private record GrpcSubject() implements FailureLog.Subject {
        @Override
        public String text() {
            return "gRPC";
        }

        @Override
        public Map<String, String> pairs() {
            return Map.of("transport", "grpc");
        }
    }
}
