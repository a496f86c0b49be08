package dev.fovea.training.graph;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/** Operators that look at each element by itself, with broadcasting where they take two. */
final class ElementwiseOperators {

    static final Map<String, Operator> ALL = Map.ofEntries(
            Map.entry("Relu", call -> call.input(0).getNDArrayInternal().relu()),
            Map.entry(
                    "LeakyRelu",
                    call -> call.input(0)
                            .getNDArrayInternal()
                            .leakyRelu(call.attributes().number("alpha", 0.01f))),
            Map.entry("PRelu", ElementwiseOperators::prelu),
            Map.entry(
                    "Elu",
                    call -> call.input(0)
                            .getNDArrayInternal()
                            .elu(call.attributes().number("alpha", 1))),
            Map.entry("Sigmoid", call -> call.input(0).getNDArrayInternal().sigmoid()),
            Map.entry("Tanh", call -> call.input(0).tanh()),
            Map.entry("Exp", call -> call.input(0).exp()),
            Map.entry("Sqrt", call -> call.input(0).sqrt()),
            Map.entry(
                    "HardSigmoid",
                    call -> hardSigmoid(
                            call.input(0),
                            call.attributes().number("alpha", 0.2f),
                            call.attributes().number("beta", 0.5f))),
            Map.entry("HardSwish", call -> call.input(0).mul(hardSigmoid(call.input(0), 1 / 6f, 0.5f))),
            Map.entry("Clip", ElementwiseOperators::clip),
            Map.entry("Add", call -> call.input(0).add(call.input(1))),
            Map.entry("Sub", call -> call.input(0).sub(call.input(1))),
            Map.entry("Mul", call -> call.input(0).mul(call.input(1))),
            Map.entry("Div", call -> call.input(0).div(call.input(1))),
            Map.entry("Sum", ElementwiseOperators::sum),
            Map.entry("Identity", call -> call.input(0)),
            Map.entry("Dropout", ElementwiseOperators::dropout));

    private ElementwiseOperators() {}

    private static NDArray hardSigmoid(NDArray x, float alpha, float beta) {
        return x.mul(alpha).add(beta).clip(0, 1);
    }

    private static NDArray prelu(OperatorCall call) {
        NDArray x = call.input(0);
        NDArray negative = x.sub(x.getNDArrayInternal().relu());
        return x.getNDArrayInternal().relu().add(negative.mul(call.input(1)));
    }

    /** The bounds are inputs since operator set 11, attributes before. */
    private static NDArray clip(OperatorCall call) {
        float low = call.number(1, call.attributes().number("min", -Float.MAX_VALUE));
        float high = call.number(2, call.attributes().number("max", Float.MAX_VALUE));
        return call.input(0).clip(low, high);
    }

    private static NDArray sum(OperatorCall call) {
        NDArray sum = call.input(0);
        for (int i = 1; i < call.inputs().size(); i++) {
            sum = sum.add(call.input(i));
        }
        return sum;
    }

    private static NDArray dropout(OperatorCall call) {
        if (!call.training()) {
            return call.input(0);
        }
        float rate = call.number(1, call.attributes().number("ratio", 0.5f));
        return call.input(0)
                .getNDArrayInternal()
                .dropout(call.input(0), rate, true)
                .singletonOrThrow();
    }
}
