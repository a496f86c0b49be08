package dev.fovea.quantize.calibration;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.quantize.numeric.IntegerType;
import dev.fovea.quantize.rules.GptqRounding;
import dev.fovea.quantize.rules.Kernel;
import dev.fovea.quantize.rules.Rules;
import dev.fovea.quantize.rules.WeightedRule;
import java.util.Optional;

/**
 * Bias correction: rounding weights shifts a layer's mean output by {@code (W − W_q) · E[x]}, which the bias
 * compensates. Source: (Nagel et al. 2019, <i>Data-Free Quantization Through Weight Equalization and Bias
 * Correction</i>, section 4.2).
 */
public final class BiasCorrection {

    private BiasCorrection() {}

    /**
     * What to add to the bias.
     *
     * @param means of the input's channels
     * @param rounding of the weights; to the nearest integers without one
     */
    public static Optional<double[]> of(
            NodeProto node, GraphIndex graph, double[] means, IntegerType type, Optional<GptqRounding> rounding) {
        WeightedRule rule = Rules.weighted(node).orElseThrow();
        TensorProto tensor = graph.floats(node.getInput(1)).orElseThrow();
        Kernel kernel = Kernel.of(tensor, rule.channelAxis(node), type, rounding);
        return switch (rule) {
            case CONVOLUTION -> convolution(node, tensor, kernel, means);
            case GEMM -> product(rule.channelAxis(node), tensor, kernel, means);
            case MATMUL -> Optional.empty(); // it has no bias
        };
    }

    private static Optional<double[]> convolution(NodeProto node, TensorProto tensor, Kernel kernel, double[] means) {
        int groups = (int) GraphIndex.integer(node, "group", 1);
        int inputs = (int) tensor.getDims(1);
        int outputs = kernel.outputs();
        if (means.length != inputs * groups) {
            return Optional.empty();
        }
        double[] error = kernel.error();
        int places = error.length / (outputs * inputs);
        double[] shift = new double[outputs];
        int index = 0;
        for (int output = 0; output < outputs; output++) {
            int first = output / (outputs / groups) * inputs;
            for (int input = 0; input < inputs; input++) {
                double sum = 0;
                for (int place = 0; place < places; place++) {
                    sum += error[index++];
                }
                shift[output] += sum * means[first + input];
            }
        }
        return Optional.of(shift);
    }

    private static Optional<double[]> product(int axis, TensorProto tensor, Kernel kernel, double[] means) {
        int outputs = kernel.outputs();
        int inputs = (int) tensor.getDims(1 - axis);
        if (means.length != inputs) {
            return Optional.empty();
        }
        double[] error = kernel.error();
        double[] shift = new double[outputs];
        for (int i = 0; i < error.length; i++) {
            int row = i / (int) tensor.getDims(1);
            int column = i % (int) tensor.getDims(1);
            shift[axis == 0 ? row : column] += error[i] * means[axis == 0 ? column : row];
        }
        return Optional.of(shift);
    }
}
