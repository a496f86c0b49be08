package dev.fovea.training.operator;

import static java.util.Map.entry;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;

/** Comparisons and choices; no gradient passes through a condition. */
final class ComparisonOperators {

    static final Map<String, Operator> ALL = Map.ofEntries(
            entry("Equal", call -> call.input(0).eq(call.input(1))),
            entry("Greater", call -> call.input(0).gt(call.input(1))),
            entry("GreaterOrEqual", call -> call.input(0).gte(call.input(1))),
            entry("Less", call -> call.input(0).lt(call.input(1))),
            entry("LessOrEqual", call -> call.input(0).lte(call.input(1))),
            entry("Not", call -> call.input(0).logicalNot()),
            entry("And", call -> call.input(0).logicalAnd(call.input(1))),
            entry("Or", call -> call.input(0).logicalOr(call.input(1))),
            entry("Xor", call -> call.input(0).logicalXor(call.input(1))),
            entry("Where", ComparisonOperators::where));

    private ComparisonOperators() {}

    /** The engine chooses between arrays of one shape. */
    private static NDArray where(OperatorCall call) {
        Shape shape = Broadcasting.of(Broadcasting.of(call.shape(0), call.shape(1)), call.shape(2));
        NDArray condition = call.input(0).toType(DataType.BOOLEAN, false).broadcast(shape);
        return call.input(1)
                .broadcast(shape)
                .getNDArrayInternal()
                .where(condition, call.input(2).broadcast(shape));
    }
}
