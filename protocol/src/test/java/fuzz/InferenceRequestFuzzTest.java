package fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.TensorMetadata;
import dev.fovea.protocol.GrpcInference;
import dev.fovea.protocol.InferRequest;
import dev.fovea.protocol.JsonInferReader;
import dev.fovea.protocol.RawInput;
import dev.fovea.runtime.Signature;
import dev.fovea.wire.ModelInferRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests of the Open Inference Protocol. The first byte says what the rest is: 'R' a raw tensor, 'G' a gRPC message,
 * anything else a JSON document whose length the next two bytes are, with binary tensors behind it.
 */
class InferenceRequestFuzzTest {

    private static final Signature MODEL = new Signature(
            List.of(new TensorMetadata("x", DataType.FP32, new long[] {-1, 2})),
            List.of(new TensorMetadata("y", DataType.FP32, new long[] {-1, 2})),
            true);

    static Stream<byte[]> seeds() {
        return Stream.of(
                json(
                        "{\"inputs\": [{\"name\": \"x\", \"shape\": [1, 2], \"datatype\": \"FP32\", \"data\": [[1, 2.5e3]]}]}",
                        0),
                json(
                        "{\"id\": \"1\", \"parameters\": {\"priority\": 2, \"timeout\": 9, \"binary_data_output\": true}, \"inputs\": [{\"name\": \"x\", \"shape\": [1, 2], \"datatype\": \"FP32\", \"parameters\": {\"binary_data_size\": 8}}], \"outputs\": [{\"name\": \"y\", \"parameters\": {\"classification\": 3}}]}",
                        8),
                json(
                        "{\"inputs\": [{\"name\": \"x\", \"shape\": [2], \"datatype\": \"BYTES\", \"parameters\": {\"binary_data_size\": 10}}]}",
                        10),
                new byte[] {'R', 0, 0, 0, 0, 0, 0, 0, 0},
                message());
    }

    private static byte[] json(String json, int binary) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(3 + text.length + binary)
                .put((byte) 'J')
                .putShort((short) text.length)
                .put(text)
                .array();
    }

    private static byte[] message() {
        byte[] message = ModelInferRequest.newBuilder()
                .setModelName("m")
                .addInputs(ModelInferRequest.InferInputTensor.newBuilder()
                        .setName("x")
                        .setDatatype("FP32")
                        .addShape(1)
                        .addShape(2))
                .addRawInputContents(com.google.protobuf.ByteString.copyFrom(new byte[8]))
                .build()
                .toByteArray();
        return ByteBuffer.allocate(1 + message.length)
                .put((byte) 'G')
                .put(message)
                .array();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10s")
    void shouldReadOrRefuse(byte[] bytes) {
        if (bytes.length < 3) {
            return;
        }
        try {
            MODEL.require(read(bytes).inputs());
        } catch (InvalidProtocolBufferException e) {
            assertThat(bytes[0]).isEqualTo((byte) 'G'); // the transport refuses it
        } catch (FoveaException e) {
            assertThat(e.code().kind()).as(e.toString()).isEqualTo(ErrorCode.Kind.BAD_INPUT);
        }
    }

    private static InferRequest read(byte[] bytes) throws InvalidProtocolBufferException {
        byte[] rest = Arrays.copyOfRange(bytes, 1, bytes.length);
        if (bytes[0] == 'R') {
            return RawInput.read(rest, MODEL.inputs());
        }
        if (bytes[0] == 'G') {
            return GrpcInference.read(ModelInferRequest.parseFrom(rest));
        }
        byte[] body = Arrays.copyOfRange(rest, 2, rest.length);
        int length = ByteBuffer.wrap(rest).getShort() & 0xffff;
        return JsonInferReader.request(body, Math.min(length, body.length));
    }
}
