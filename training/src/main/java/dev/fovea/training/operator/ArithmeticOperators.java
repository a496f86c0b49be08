package dev.fovea.training.operator;

import static java.util.Map.entry;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Map;
import java.util.function.BinaryOperator;

/** Arithmetic of each element by itself, with broadcasting where there are two operands. */
final class ArithmeticOperators {

    static final Map<String, Operator> ALL = Map.ofEntries(
            entry("Add", call -> call.input(0).add(call.input(1))),
            entry("Sub", call -> call.input(0).sub(call.input(1))),
            entry("Mul", call -> call.input(0).mul(call.input(1))),
            entry("Div", ArithmeticOperators::divide),
            entry("Pow", ArithmeticOperators::power),
            entry("Neg", call -> call.input(0).neg()),
            entry("Abs", call -> call.input(0).abs()),
            entry("Sign", call -> call.input(0).sign()),
            entry("Exp", call -> call.input(0).exp()),
            entry("Log", call -> call.input(0).log()),
            entry("Sqrt", call -> call.input(0).sqrt()),
            entry("Reciprocal", call -> call.input(0).pow(-1)),
            entry("Sin", call -> call.input(0).sin()),
            entry("Cos", call -> call.input(0).cos()),
            entry("Erf", call -> call.input(0).erf()),
            entry("Floor", call -> call.input(0).floor()),
            entry("Ceil", call -> call.input(0).ceil()),
            entry("Round", call -> call.input(0).round()),
            entry("Sum", call -> fold(call, NDArray::add)),
            entry("Mean", call -> fold(call, NDArray::add).div(call.inputs().size())),
            entry("Max", call -> fold(call, NDArray::maximum)),
            entry("Min", call -> fold(call, NDArray::minimum)));

    private ArithmeticOperators() {}

    /** Integers are divided without a rest, as lengths of shapes are. */
    private static NDArray divide(OperatorCall call) {
        NDArray x = call.input(0);
        if (x.getDataType() != DataType.INT64) {
            return x.div(call.input(1));
        }
        return x.toType(DataType.FLOAT64, false)
                .div(call.input(1).toType(DataType.FLOAT64, false))
                .trunc()
                .toType(DataType.INT64, false);
    }

    private static NDArray power(OperatorCall call) {
        NDArray exponent = call.input(1);
        boolean isSquare = exponent.size() == 1
                && call.number(1, 0) == 2
                && exponent.getShape().dimension() == 0;
        return isSquare
                ? call.input(0).square()
                : call.input(0).pow(exponent.toType(call.input(0).getDataType(), false));
    }

    private static NDArray fold(OperatorCall call, BinaryOperator<NDArray> step) {
        NDArray result = call.input(0);
        for (int i = 1; i < call.inputs().size(); i++) {
            result = step.apply(result, call.input(i));
        }
        return result;
    }
}
