package dev.fovea.training.operator;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.fovea.model.graph.TensorValues;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Operators whose values come from shapes or from the file, and casts between types. The engine holds floats as
 * float32, integers as int64, and truth values.
 */
public final class ConstantOperators {

    static final Map<String, Operator> ALL = Map.of(
            "Constant", ConstantOperators::constant,
            "ConstantOfShape", ConstantOperators::constantOfShape,
            "Range", ConstantOperators::range,
            "Shape", ConstantOperators::shape,
            "Size", call -> call.pass().create(call.shape(0).size()),
            "Cast", call -> cast(call, call.attributes().integer("to", 1)),
            "CastLike", call -> call.input(0).toType(call.input(1).getDataType(), false));

    private ConstantOperators() {}

    private static NDArray constant(OperatorCall call) {
        NodeAttributes attributes = call.attributes();
        NDManager pass = call.pass();
        if (attributes.has("value_float")) {
            return pass.create(attributes.number("value_float", 0));
        }
        if (attributes.has("value_int")) {
            return pass.create(attributes.integer("value_int", 0));
        }
        if (attributes.has("value_floats")) {
            return pass.create(attributes.numbers("value_floats"));
        }
        if (attributes.has("value_ints")) {
            return pass.create(attributes.integers("value_ints"));
        }
        return attributes
                .tensor("value")
                .map(tensor -> array(pass, tensor))
                .orElseThrow(() -> call.unsupported("its value is not a tensor"));
    }

    private static NDArray constantOfShape(OperatorCall call) {
        Shape shape = new Shape(call.integers(0));
        NDArray value = call.attributes()
                .tensor("value")
                .map(tensor -> array(call.pass(), tensor))
                .orElseGet(() -> call.pass().create(0f));
        return value.reshape(new Shape()).broadcast(shape);
    }

    private static NDArray range(OperatorCall call) {
        if (call.input(0).getDataType() == DataType.INT64) {
            long start = call.integers(0)[0];
            long step = call.integers(2)[0];
            long count = Math.max(0, Math.ceilDiv(call.integers(1)[0] - start, step));
            return call.pass()
                    .create(LongStream.range(0, count)
                            .map(i -> start + i * step)
                            .toArray());
        }
        float start = call.number(0, 0);
        float step = call.number(2, 1);
        float[] values = new float[(int) Math.max(0, Math.ceil((call.number(1, 0) - start) / step))];
        for (int i = 0; i < values.length; i++) {
            values[i] = start + i * step;
        }
        return call.pass().create(values);
    }

    private static NDArray shape(OperatorCall call) {
        Shape shape = call.shape(0);
        int rank = shape.dimension();
        int start = bound(call.attributes().integer("start", 0), rank);
        int end = bound(call.attributes().integer("end", rank), rank);
        return call.pass().create(shape.slice(start, Math.max(start, end)).getShape());
    }

    private static int bound(long value, int rank) {
        return Math.clamp(value < 0 ? value + rank : value, 0, rank);
    }

    private static NDArray cast(OperatorCall call, long type) {
        return call.input(0).toType(typeOf((int) type), false);
    }

    /** The engine's type for one of ONNX. */
    private static DataType typeOf(int type) {
        return switch (type) {
            case TensorProto.DataType.BOOL_VALUE -> DataType.BOOLEAN;
            case TensorProto.DataType.FLOAT_VALUE,
                    TensorProto.DataType.FLOAT16_VALUE,
                    TensorProto.DataType.BFLOAT16_VALUE,
                    TensorProto.DataType.DOUBLE_VALUE -> DataType.FLOAT32;
            default -> DataType.INT64;
        };
    }

    /** An array of a stored tensor: floats, integers or truth values. */
    public static NDArray array(NDManager manager, TensorProto tensor) {
        Shape shape = new Shape(TensorValues.shape(tensor));
        return switch (tensor.getDataType()) {
            case TensorProto.DataType.FLOAT_VALUE -> manager.create(TensorValues.floats(tensor), shape);
            case TensorProto.DataType.DOUBLE_VALUE -> manager.create(TypedTensor.doubles(tensor), shape);
            case TensorProto.DataType.BOOL_VALUE -> manager.create(TypedTensor.truths(tensor), shape);
            default -> manager.create(TensorValues.longs(tensor), shape);
        };
    }
}
