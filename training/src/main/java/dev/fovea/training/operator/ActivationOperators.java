package dev.fovea.training.operator;

import static java.util.Map.entry;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Map;

/** Activations, and dropout. */
final class ActivationOperators {

    private static final double SQRT_TWO_OVER_PI = Math.sqrt(2 / Math.PI);

    static final Map<String, Operator> ALL = Map.ofEntries(
            entry("Relu", call -> call.input(0).getNDArrayInternal().relu()),
            entry(
                    "LeakyRelu",
                    call -> call.input(0)
                            .getNDArrayInternal()
                            .leakyRelu(call.attributes().number("alpha", 0.01f))),
            entry("PRelu", ActivationOperators::prelu),
            entry("Elu", call -> elu(call.input(0), call.attributes().number("alpha", 1))),
            entry(
                    "Selu",
                    call -> elu(call.input(0), call.attributes().number("alpha", 1.673_263_2f))
                            .mul(call.attributes().number("gamma", 1.050_701f))),
            entry("Celu", ActivationOperators::celu),
            entry("Sigmoid", call -> call.input(0).getNDArrayInternal().sigmoid()),
            entry("Tanh", call -> call.input(0).tanh()),
            entry("Softplus", call -> call.input(0).getNDArrayInternal().softPlus()),
            entry("Softsign", call -> call.input(0).div(call.input(0).abs().add(1))),
            entry("Gelu", ActivationOperators::gelu),
            entry("Mish", ActivationOperators::mish),
            entry(
                    "HardSigmoid",
                    call -> hardSigmoid(
                            call,
                            call.attributes().number("alpha", 0.2f),
                            call.attributes().number("beta", 0.5f))),
            entry("HardSwish", call -> call.input(0).mul(hardSigmoid(call, 1 / 6f, 0.5f))),
            entry("Clip", ActivationOperators::clip),
            entry("Dropout", ActivationOperators::dropout));

    private ActivationOperators() {}

    private static NDArray elu(NDArray x, float alpha) {
        return x.getNDArrayInternal().elu(alpha);
    }

    private static NDArray celu(OperatorCall call) {
        float alpha = call.attributes().number("alpha", 1);
        return elu(call.input(0).div(alpha), 1).mul(alpha);
    }

    /** Hendrycks and Gimpel 2016, <i>Gaussian Error Linear Units</i>, exact or by tanh. */
    private static NDArray gelu(OperatorCall call) {
        NDArray x = call.input(0);
        if (!call.attributes().text("approximate", "none").equals("tanh")) {
            return x.getNDArrayInternal().gelu();
        }
        NDArray inner = x.square().mul(x).mul(0.044715).add(x).mul(SQRT_TWO_OVER_PI);
        return x.mul(0.5).mul(inner.tanh().add(1));
    }

    private static NDArray mish(OperatorCall call) {
        NDArray x = call.input(0);
        return x.mul(x.getNDArrayInternal().softPlus().tanh());
    }

    private static NDArray hardSigmoid(OperatorCall call, float alpha, float beta) {
        return call.kernels().clip(call.input(0).mul(alpha).add(beta), 0, 1);
    }

    private static NDArray prelu(OperatorCall call) {
        NDArray x = call.input(0);
        NDArray positive = x.getNDArrayInternal().relu();
        return positive.add(x.sub(positive).mul(call.input(1)));
    }

    /** The bounds are inputs since operator set 11, attributes before. */
    private static NDArray clip(OperatorCall call) {
        float low = call.number(1, call.attributes().number("min", -Float.MAX_VALUE));
        float high = call.number(2, call.attributes().number("max", Float.MAX_VALUE));
        NDArray x = call.input(0);
        return x.getDataType() == DataType.FLOAT32 && low <= high
                ? call.kernels().clip(x, low, high)
                : x.clip(low, high);
    }

    private static NDArray dropout(OperatorCall call) {
        if (!call.mode().drops()) {
            return call.input(0);
        }
        float rate = call.number(1, call.attributes().number("ratio", 0.5f));
        return call.input(0)
                .getNDArrayInternal()
                .dropout(call.input(0), rate, true)
                .singletonOrThrow();
    }
}
