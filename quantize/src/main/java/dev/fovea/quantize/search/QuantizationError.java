package dev.fovea.quantize.search;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The relative quantization error of a network's outputs: squared differences over squared values, over all outputs and
 * images. 0 is exact; 0.01 is an SQNR of 20 dB. Probabilities are compared before their Softmax, so that confident
 * images do not dominate.
 */
public final class QuantizationError {

    private static final Set<String> SHAPES = Set.of("Reshape", "Flatten", "Squeeze", "Unsqueeze", "Identity", "Cast");

    private final Engine engine;
    private final List<Tensor> inputs;
    private final List<List<float[]>> expected = new ArrayList<>();

    /** Stores the original's outputs for some inputs. */
    public QuantizationError(Engine engine, OnnxModel original, List<Tensor> inputs) {
        this.engine = engine;
        this.inputs = List.copyOf(inputs);
        try (Session session = engine.load(logits(original).bytes(), SessionSettings.forThisMachine())) {
            this.inputs.forEach(input -> expected.add(floats(session.run(List.of(input)))));
        }
    }

    /** The network without the Softmax at its end, if there is one. */
    private static OnnxModel logits(OnnxModel model) {
        GraphIndex graph = new GraphIndex(model);
        GraphProto.Builder open = model.proto().getGraph().toBuilder().clearOutput();
        for (ValueInfoProto output : model.proto().getGraph().getOutputList()) {
            open.addOutput(softmax(output.getName(), graph)
                    .map(node -> ValueInfoProto.newBuilder()
                            .setName(node.getInput(0))
                            .build())
                    .orElse(output));
        }
        return OnnxModel.of(model.proto().toBuilder().setGraph(open).build());
    }

    /** The Softmax of a value, also through reshapes. */
    private static Optional<NodeProto> softmax(String value, GraphIndex graph) {
        Optional<NodeProto> from = graph.producer(value);
        while (from.filter(node -> SHAPES.contains(node.getOpType())).isPresent()) {
            from = graph.producer(from.orElseThrow().getInput(0));
        }
        return from.filter(node -> node.getOpType().equals("Softmax"));
    }

    private static List<float[]> floats(List<Tensor> outputs) {
        return outputs.stream().map(Tensor::floats).toList();
    }

    /** Infinite where an output is no number. */
    public double of(OnnxModel changed) {
        int outputs = expected.getFirst().size();
        double[] error = new double[outputs];
        double[] signal = new double[outputs];
        try (Session session = engine.load(logits(changed).bytes(), SessionSettings.forThisMachine())) {
            for (int i = 0; i < inputs.size(); i++) {
                List<float[]> given = floats(session.run(List.of(inputs.get(i))));
                for (int output = 0; output < outputs; output++) {
                    float[] wanted = expected.get(i).get(output);
                    boolean comparable = given.get(output).length == wanted.length;
                    for (int j = 0; j < wanted.length; j++) {
                        // an output of another length has nothing in common with the one expected
                        double off = comparable ? wanted[j] - given.get(output)[j] : wanted[j];
                        error[output] += off * off;
                        signal[output] += (double) wanted[j] * wanted[j];
                    }
                }
            }
        }
        double sum = 0;
        for (int output = 0; output < outputs; output++) {
            sum += error[output] == 0 ? 0 : error[output] / Math.max(signal[output], Double.MIN_NORMAL);
        }
        return Double.isNaN(sum) ? Double.POSITIVE_INFINITY : sum / outputs;
    }
}
