package dev.fovea.protocol;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.tensor.ByteStrings;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.wire.InferParameter;
import dev.fovea.wire.InferTensorContents;
import dev.fovea.wire.ModelInferRequest;
import dev.fovea.wire.ModelInferResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests and responses as gRPC messages. Outputs always go as raw bytes, one entry each, in order. */
public final class GrpcInference {

    private GrpcInference() {}

    /** A request; {@code TENSOR_INVALID} when raw and typed tensors are mixed or bytes are missing. */
    public static InferRequest read(ModelInferRequest request) {
        Parameters parameters = parameters(request.getParametersMap());
        List<RequestedOutput> outputs = new ArrayList<>();
        for (ModelInferRequest.InferRequestedOutputTensor output : request.getOutputsList()) {
            long classes = parameters(output.getParametersMap()).number("classification");
            outputs.add(new RequestedOutput(
                    output.getName(), Optional.empty(), (int) Math.min(classes, Integer.MAX_VALUE)));
        }
        return new InferRequest(
                request.getId(),
                inputs(request),
                outputs,
                new InferRequest.Options(true, parameters.number("priority"), parameters.timeout()));
    }

    private static List<Tensor> inputs(ModelInferRequest request) {
        boolean raw = request.getRawInputContentsCount() > 0;
        if (raw && request.getRawInputContentsCount() != request.getInputsCount()) {
            throw new FoveaException(
                    ErrorCode.TENSOR_INVALID,
                    "%d inputs come with %d raw contents; raw and typed contents cannot be mixed."
                            .formatted(request.getInputsCount(), request.getRawInputContentsCount()));
        }
        List<Tensor> tensors = new ArrayList<>();
        for (int i = 0; i < request.getInputsCount(); i++) {
            ModelInferRequest.InferInputTensor input = request.getInputs(i);
            if (raw && input.hasContents() && input.getContents().getSerializedSize() > 0) {
                throw new FoveaException(
                        ErrorCode.TENSOR_INVALID,
                        "The input \"%s\" has raw and typed contents; send one of them.".formatted(input.getName()));
            }
            parameters(input.getParametersMap());
            DataType type = DataType.named(input.getDatatype());
            long[] shape =
                    input.getShapeList().stream().mapToLong(Long::longValue).toArray();
            ByteBuffer bytes = raw
                    ? request.getRawInputContents(i).asReadOnlyByteBuffer()
                    : typed(input.getName(), type, input.getContents());
            tensors.add(new Tensor(input.getName(), type, shape, bytes));
        }
        return tensors;
    }

    private static ByteBuffer typed(String name, DataType type, InferTensorContents contents) {
        return switch (type) {
            case BOOL ->
                each(
                        contents.getBoolContentsCount(),
                        1,
                        (to, i) -> to.put((byte) (contents.getBoolContents(i) ? 1 : 0)));
            case INT8 ->
                each(
                        contents.getIntContentsCount(),
                        1,
                        (to, i) -> to.put(
                                (byte) within(name, type, contents.getIntContents(i), Byte.MIN_VALUE, Byte.MAX_VALUE)));
            case INT16 ->
                each(
                        contents.getIntContentsCount(),
                        2,
                        (to, i) -> to.putShort((short)
                                within(name, type, contents.getIntContents(i), Short.MIN_VALUE, Short.MAX_VALUE)));
            case INT32 -> each(contents.getIntContentsCount(), 4, (to, i) -> to.putInt(contents.getIntContents(i)));
            case INT64 ->
                each(contents.getInt64ContentsCount(), 8, (to, i) -> to.putLong(contents.getInt64Contents(i)));
            case UINT8 ->
                each(
                        contents.getUintContentsCount(),
                        1,
                        (to, i) -> to.put((byte) within(name, type, contents.getUintContents(i), 0, 0xFF)));
            case UINT16 ->
                each(
                        contents.getUintContentsCount(),
                        2,
                        (to, i) -> to.putShort((short) within(name, type, contents.getUintContents(i), 0, 0xFFFF)));
            case UINT32 -> each(contents.getUintContentsCount(), 4, (to, i) -> to.putInt(contents.getUintContents(i)));
            case UINT64 ->
                each(contents.getUint64ContentsCount(), 8, (to, i) -> to.putLong(contents.getUint64Contents(i)));
            case FP32 -> each(contents.getFp32ContentsCount(), 4, (to, i) -> to.putFloat(contents.getFp32Contents(i)));
            case FP64 -> each(contents.getFp64ContentsCount(), 8, (to, i) -> to.putDouble(contents.getFp64Contents(i)));
            case BYTES ->
                ByteStrings.pack(contents.getBytesContentsList().stream()
                        .map(ByteString::toByteArray)
                        .toList());
            case FP16, BF16 ->
                throw new FoveaException(
                        ErrorCode.TENSOR_INVALID,
                        "The input \"%s\" is %s, which has no typed contents. Send it in raw_input_contents."
                                .formatted(name, type));
        };
    }

    /** A 32-bit element as one of a narrower type; an unsigned one past 31 bits is negative here and refused too. */
    private static int within(String name, DataType type, int value, int min, int max) {
        if (value < min || value > max) {
            throw new FoveaException(
                    ErrorCode.TENSOR_INVALID,
                    "The contents of \"%s\" hold %d, which is no %s."
                            .formatted(name, min < 0 ? value : Integer.toUnsignedLong(value), type));
        }
        return value;
    }

    private interface Put {
        void put(ByteBuffer to, int index);
    }

    private static ByteBuffer each(int count, int size, Put put) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(count, size)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            put.put(bytes, i);
        }
        return bytes.flip();
    }

    private static Parameters parameters(Map<String, InferParameter> given) {
        Map<String, Object> values = new HashMap<>();
        given.forEach((name, value) -> {
            switch (value.getParameterChoiceCase()) {
                case BOOL_PARAM -> values.put(name, value.getBoolParam());
                case INT64_PARAM -> values.put(name, value.getInt64Param());
                // past 63 bits it is negative here; no parameter makes a difference between such numbers
                case UINT64_PARAM ->
                    values.put(name, value.getUint64Param() < 0 ? Long.MAX_VALUE : value.getUint64Param());
                case DOUBLE_PARAM -> values.put(name, value.getDoubleParam());
                case STRING_PARAM -> values.put(name, value.getStringParam());
                case PARAMETERCHOICE_NOT_SET -> {}
            }
        });
        return new Parameters(values);
    }

    /** A response. */
    public static ModelInferResponse write(InferRequest call, InferResponse reply) {
        ModelInferResponse.Builder response = ModelInferResponse.newBuilder()
                .setModelName(reply.model())
                .setModelVersion(reply.version())
                .setId(call.id());
        for (Tensor output : reply.outputs()) {
            ModelInferResponse.InferOutputTensor.Builder tensor = response.addOutputsBuilder()
                    .setName(output.name())
                    .setDatatype(output.type().name());
            for (long length : output.shape()) {
                tensor.addShape(length);
            }
            // an output's bytes never change, so they need no copy
            response.addRawOutputContents(
                    UnsafeByteOperations.unsafeWrap(output.bytes().duplicate()));
        }
        return response.build();
    }
}
