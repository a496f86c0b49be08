package dev.fovea.quantize.rewrite;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.TensorValues;
import dev.fovea.quantize.numeric.Affine;
import dev.fovea.quantize.rules.Edit;
import dev.fovea.quantize.rules.HardSigmoid;
import dev.fovea.quantize.rules.Layer;
import dev.fovea.quantize.rules.QuantizedTensors;
import dev.fovea.quantize.rules.Refinement;
import dev.fovea.quantize.rules.Rules;
import dev.fovea.quantize.rules.WeightlessRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Applies a plan to a graph in the QDQ format. Each quantized tensor passes a QuantizeLinear and a DequantizeLinear,
 * which the runtime fuses into integer operators. A tensor keeps its name after the pair, so that its consumers do not
 * change.
 */
final class Rewriter {

    private static final String REAL = "::real";

    private final OnnxModel model;
    private final GraphIndex graph;
    private final QuantizationPlan plan;

    private final List<NodeProto> nodes = new ArrayList<>();
    private final Map<String, TensorProto> initializers = new HashMap<>();
    /** Graph inputs keep their names before the pair; consumers use these names instead. */
    private final Map<String, String> renamed = new HashMap<>();

    private Rewriter(OnnxModel model, QuantizationPlan plan) {
        this.model = model;
        this.graph = new GraphIndex(model);
        this.plan = plan;
    }

    /** The quantized model; the given one is not modified. */
    static OnnxModel rewrite(OnnxModel model, QuantizationPlan plan) {
        return new Rewriter(model, plan).rewrite();
    }

    private OnnxModel rewrite() {
        model.proto().getGraph().getInitializerList().forEach(tensor -> initializers.put(tensor.getName(), tensor));
        model.inputs()
                .forEach(input -> plan.activation(input.name()).ifPresent(affine -> {
                    renamed.put(input.name(), input.name() + "::dequantized");
                    pair(input.name(), affine, input.name(), input.name() + "::dequantized");
                }));
        plan.activations()
                .forEach((tensor, affine) -> graph.floats(tensor).ifPresent(values -> constant(values, affine)));
        graph.nodes().forEach(this::rewrite);
        GraphProto.Builder rewritten = model.proto().getGraph().toBuilder()
                .clearNode()
                .clearInitializer()
                .clearValueInfo();
        rewritten.addAllNode(nodes);
        Set<String> taken = new HashSet<>();
        nodes.forEach(node -> taken.addAll(node.getInputList()));
        rewritten.getOutputList().forEach(output -> taken.add(output.getName()));
        initializers.keySet().stream()
                .filter(taken::contains)
                .sorted()
                .map(initializers::get)
                .forEach(rewritten::addInitializer);
        return OnnxModel.of(model.proto().toBuilder().setGraph(rewritten).build());
    }

    private void rewrite(NodeProto node) {
        if (plan.saturated().containsKey(node.getOutput(0))) {
            return; // the operator before it takes over the output name
        }
        if (plan.weighted().contains(Layer.name(node))) {
            Edit edit = Rules.weighted(node)
                    .orElseThrow()
                    .edit(
                            node,
                            Layer.name(node),
                            graph,
                            plan.activation(node.getInput(0)).orElseThrow(),
                            plan.scheme().weights(),
                            plan.refinements().getOrDefault(Layer.name(node), Refinement.NONE));
            place(edit);
        } else if (isBetweenIntegers(node) && HardSigmoid.isOne(node)) {
            place(HardSigmoid.of(node)
                    .edit(node, plan.activation(node.getInput(0)).orElseThrow()));
        } else {
            place(isFloatBetweenIntegers(node) ? shielded(node) : node);
        }
    }

    private boolean isBetweenIntegers(NodeProto node) {
        return plan.activation(node.getInput(0)).isPresent()
                && plan.activation(node.getOutput(0)).isPresent();
    }

    private void place(Edit edit) {
        edit.initializers().forEach(this::carry);
        edit.nodes().subList(0, edit.nodes().size() - 1).forEach(nodes::add);
        place(edit.nodes().getLast());
    }

    /** A layer in float between quantized tensors. */
    private boolean isFloatBetweenIntegers(NodeProto node) {
        return Rules.weighted(node).isPresent()
                && plan.activation(node.getInput(0)).isPresent()
                && graph.floats(node.getInput(1)).isPresent();
    }

    /**
     * The same after a Clip without effect. Without it, the runtime silently quantizes weights between quantized
     * tensors itself, with one scale for all channels.
     */
    private NodeProto shielded(NodeProto node) {
        String input = node.getInput(0);
        String shield = shield(Layer.name(node), renamed.getOrDefault(input, input));
        return node.toBuilder().setInput(0, shield).build();
    }

    /** Adds a Clip without effect; returns its output name. */
    private String shield(String name, String value) {
        String shield = name + "::float";
        carry(TensorValues.of(shield + "::low", List.of(), new float[] {-Float.MAX_VALUE}));
        carry(TensorValues.of(shield + "::high", List.of(), new float[] {Float.MAX_VALUE}));
        nodes.add(NodeProto.newBuilder()
                .setOpType("Clip")
                .setName(shield)
                .addInput(value)
                .addInput(shield + "::low")
                .addInput(shield + "::high")
                .addOutput(shield)
                .build());
        return shield;
    }

    /**
     * The input of a pair. The runtime would move the pair before a data-movement operator and run that on integers,
     * which is slow without an integer layer before it.
     */
    private String real(NodeProto node, String name) {
        boolean movesFloats =
                Rules.of(node).filter(WeightlessRule.MOVING::equals).isPresent()
                        && plan.activation(node.getInput(0)).isEmpty();
        return movesFloats ? shield(name, name + REAL) : name + REAL;
    }

    private void carry(TensorProto tensor) {
        initializers.put(tensor.getName(), tensor);
    }

    /** Adds an operator with current tensor names, and the pairs after its outputs. */
    private void place(NodeProto node) {
        NodeProto.Builder placed = node.toBuilder().clearInput().clearOutput();
        node.getInputList().forEach(input -> placed.addInput(renamed.getOrDefault(input, input)));
        List<Runnable> pairs = new ArrayList<>();
        for (String output : node.getOutputList()) {
            String name = saturating(output).orElse(output);
            Optional<Affine> affine = plan.activation(name);
            placed.addOutput(affine.isPresent() ? name + REAL : name);
            affine.ifPresent(found -> pairs.add(() -> pair(name, found, real(node, name), name)));
        }
        nodes.add(placed.build());
        pairs.forEach(Runnable::run);
    }

    /** The output name of a removed Relu. */
    private Optional<String> saturating(String output) {
        return graph.consumers(output).stream()
                .map(node -> node.getOutput(0))
                .filter(name -> output.equals(plan.saturated().get(name)))
                .findFirst();
    }

    private void pair(String name, Affine affine, String from, String to) {
        QuantizedTensors.of(name, affine).forEach(this::carry);
        nodes.add(QuantizedTensors.quantize(name, from));
        nodes.add(QuantizedTensors.dequantizeTo(name, to));
    }

    /** A tensor that the model carries and adds or multiplies with. */
    private void constant(TensorProto tensor, Affine affine) {
        float[] values = TensorValues.floats(tensor);
        byte[] integers = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            integers[i] = (byte) affine.quantize(values[i]);
        }
        String name = tensor.getName();
        QuantizedTensors.of(name, affine).forEach(this::carry);
        carry(QuantizedTensors.bytes(name + "::quantized", tensor.getDimsList(), affine.type(), integers));
        nodes.add(QuantizedTensors.dequantizeTo(name, name + "::dequantized"));
        renamed.put(name, name + "::dequantized");
    }
}
