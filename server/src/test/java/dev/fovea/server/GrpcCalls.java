package dev.fovea.server;

import com.google.protobuf.ByteString;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.wire.ModelInferRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;

/** Channels to a running server and the messages that tests send over them. */
final class GrpcCalls {

    private GrpcCalls() {}

    /** Without retries, so that every status is seen. */
    static ManagedChannel channel(RunningServer server) {
        return NettyChannelBuilder.forAddress("127.0.0.1", server.server().grpcPort())
                .usePlaintext()
                .disableRetry()
                .build();
    }

    /** One row for the model {@code echo}, which takes four numbers. */
    static ModelInferRequest.Builder row(float... values) {
        return ModelInferRequest.newBuilder()
                .setModelName("echo")
                .addInputs(ModelInferRequest.InferInputTensor.newBuilder()
                        .setName("x")
                        .setDatatype("FP32")
                        .addShape(1)
                        .addShape(4))
                .addRawInputContents(floats(values));
    }

    static ByteString floats(float... values) {
        return ByteString.copyFrom(
                Tensor.of("x", new long[] {values.length}, values).bytes());
    }

    static ModelInferRequest.InferRequestedOutputTensor.Builder wanted(String name) {
        return ModelInferRequest.InferRequestedOutputTensor.newBuilder().setName(name);
    }
}
