package dev.fovea.quantize.calibration;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.fovea.model.graph.GraphEdits;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.TensorValues;
import dev.fovea.quantize.numeric.Saturation;
import dev.fovea.quantize.rules.Rules;
import dev.fovea.quantize.rules.WeightedRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cross-layer equalization: equalizes channel ranges, since all channels of a tensor share one scale. A convolution's
 * output is divided by a factor per channel, and the weights of its consumers are multiplied by it. Relu, pooling and
 * Concat commute with the factor, so that outputs are unchanged. Source: (Nagel et al. 2019, <i>Data-Free Quantization
 * Through Weight Equalization and Bias Correction</i>, section 4.1; here by activation ranges, as weights have a scale
 * per output channel).
 */
public final class CrossLayerEqualization {

    /** At 1 all channels would reach equally far, and what calibration did not see of a rare one would be cut off. */
    private static final double EXPONENT = 0.3;

    private static final double MIN_FACTOR = 1 / 16.0;

    private final GraphIndex graph;
    private final ChannelAbsMax reach;
    private final Map<String, float[]> values = new HashMap<>();

    /**
     * A convolution that takes channels.
     *
     * @param first place of the first of them among its input's channels
     */
    private record Taker(NodeProto node, int first) {}

    private CrossLayerEqualization(GraphIndex graph, ChannelAbsMax reach) {
        this.graph = graph;
        this.reach = reach;
    }

    /** The same network with factors moved from channels to weights. */
    public static OnnxModel apply(OnnxModel model, ChannelAbsMax reach) {
        CrossLayerEqualization equalisation = new CrossLayerEqualization(new GraphIndex(model), reach);
        for (NodeProto node : equalisation.graph.nodes()) {
            if (equalisation.isScalable(node)) {
                equalisation.equalise(node);
            }
        }
        return GraphEdits.withValues(model, equalisation.values);
    }

    /** A convolution whose weights are its own: factors of shared ones would reach others. */
    private boolean isScalable(NodeProto node) {
        return Rules.weighted(node).filter(WeightedRule.CONVOLUTION::equals).isPresent()
                && Rules.obstacle(node, graph).isEmpty()
                && node.getInputList().stream().skip(1).allMatch(graph::hasOneUse);
    }

    private void equalise(NodeProto node) {
        List<Taker> takers = new ArrayList<>();
        String given = Saturation.after(node, graph)
                .filter(next -> next.getOpType().equals("Relu"))
                .map(next -> next.getOutput(0))
                .orElse(node.getOutput(0));
        Optional<float[]> channels = reach.of(given);
        if (channels.isEmpty() || !follow(node.getOutput(0), 0, takers) || takers.isEmpty()) {
            return;
        }
        double max = takers.stream()
                .mapToDouble(taker -> reach.max(taker.node().getInput(0)))
                .max()
                .orElse(0);
        double[] factors = factors(channels.get(), max);
        float[] kernel = values(node.getInput(1));
        int length = kernel.length / factors.length;
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] /= (float) factors[i / length];
        }
        GraphIndex.input(node, 2).map(this::values).ifPresent(bias -> {
            for (int channel = 0; channel < bias.length; channel++) {
                bias[channel] /= (float) factors[channel];
            }
        });
        takers.forEach(taker -> multiply(taker, factors));
    }

    private static double[] factors(float[] channels, double max) {
        double[] factors = new double[channels.length];
        for (int channel = 0; channel < factors.length; channel++) {
            double share = max > 0 && channels[channel] > 0 ? channels[channel] / max : 1;
            factors[channel] = Math.clamp(Math.pow(share, EXPONENT), MIN_FACTOR, 1);
        }
        return factors;
    }

    /** Finds who takes a tensor's channels in the end; false where a factor would not come through. */
    private boolean follow(String tensor, int first, List<Taker> takers) {
        if (graph.isOutput(tensor)) {
            return false;
        }
        for (NodeProto next : graph.consumers(tensor)) {
            boolean through = switch (next.getOpType()) {
                case "Relu", "MaxPool", "AveragePool", "GlobalAveragePool" ->
                    next.getOutputCount() == 1 && follow(next.getOutput(0), first, takers);
                case "Concat" ->
                    isByChannel(next, tensor) && follow(next.getOutput(0), first + before(tensor, next), takers);
                case "Conv" ->
                    next.getInput(0).equals(tensor) && isScalable(next) && takers.add(new Taker(next, first));
                default -> false;
            };
            if (!through) {
                return false;
            }
        }
        return true;
    }

    private boolean isByChannel(NodeProto concat, String tensor) {
        return GraphIndex.integer(concat, "axis", 0) == 1
                && concat.getInputList().stream().filter(tensor::equals).count() == 1
                && concat.getInputList().stream()
                        .allMatch(input -> reach.of(input).isPresent());
    }

    /** Channel offset of a tensor in a Concat. */
    private int before(String tensor, NodeProto concat) {
        return concat.getInputList().stream()
                .takeWhile(input -> !input.equals(tensor))
                .mapToInt(input -> reach.of(input).orElseThrow().length)
                .sum();
    }

    private void multiply(Taker taker, double[] factors) {
        TensorProto shape = graph.floats(taker.node().getInput(1)).orElseThrow();
        float[] kernel = values(taker.node().getInput(1));
        int outputs = (int) shape.getDims(0);
        int inputs = (int) shape.getDims(1);
        int area = kernel.length / (outputs * inputs);
        int perGroup = outputs / (int) GraphIndex.integer(taker.node(), "group", 1);
        for (int i = 0; i < kernel.length; i++) {
            int group = i / (area * inputs) / perGroup;
            int channel = group * inputs + i / area % inputs - taker.first();
            if (channel >= 0 && channel < factors.length) {
                kernel[i] *= (float) factors[channel];
            }
        }
    }

    private float[] values(String name) {
        return values.computeIfAbsent(
                name,
                each -> TensorValues.floats(graph.floats(each).orElseThrow()).clone());
    }
}
