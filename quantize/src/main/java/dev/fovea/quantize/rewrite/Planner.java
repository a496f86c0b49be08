package dev.fovea.quantize.rewrite;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.TensorValues;
import dev.fovea.quantize.calibration.BiasCorrection;
import dev.fovea.quantize.calibration.CalibrationTable;
import dev.fovea.quantize.numeric.Affine;
import dev.fovea.quantize.numeric.CalibrationChoice;
import dev.fovea.quantize.numeric.Coverage;
import dev.fovea.quantize.numeric.IntegerType;
import dev.fovea.quantize.numeric.Range;
import dev.fovea.quantize.numeric.Saturation;
import dev.fovea.quantize.numeric.Scheme;
import dev.fovea.quantize.numeric.TensorStatistics;
import dev.fovea.quantize.rules.HardSigmoid;
import dev.fovea.quantize.rules.Layer;
import dev.fovea.quantize.rules.Refinement;
import dev.fovea.quantize.rules.Rules;
import dev.fovea.quantize.rules.WeightedRule;
import dev.fovea.quantize.rules.WeightlessRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Decides which tensors are quantized: layers with weights where possible, and other operators between such layers, to
 * avoid conversions. Operators after the last layer stay in float, since 8 bits are too coarse for box arithmetic and
 * probabilities.
 */
final class Planner {

    /**
     * Minimum fraction of a shared scale that each concatenated tensor with other consumers must use. Tensors without
     * other consumers lose nothing that the Concat does not lose.
     */
    private static final double SIMILARITY = 0.5;

    private final GraphIndex graph;
    private final CalibrationTable table;
    private final Wish wish;

    private final Set<String> quantized = new LinkedHashSet<>();
    private final Map<String, String> saturated = new LinkedHashMap<>();
    private final Map<String, Range> bounds = new HashMap<>();
    private final Set<String> weighted = new LinkedHashSet<>();
    private final Map<String, String> inFloat = new LinkedHashMap<>();
    private final List<NodeProto> ties = new ArrayList<>();

    private Planner(GraphIndex graph, CalibrationTable table, Wish wish) {
        this.graph = graph;
        this.table = table;
        this.wish = wish;
    }

    /**
     * The options of a plan.
     *
     * @param ranges calibration of the tensors
     * @param kept layers that stay in float, with reasons
     * @param compensated whether weights are rounded by GPTQ
     * @param corrected whether biases are corrected
     */
    record Wish(
            Scheme scheme,
            Coverage coverage,
            CalibrationChoice ranges,
            Map<String, String> kept,
            boolean compensated,
            boolean corrected) {}

    /** A plan for a prepared graph. */
    static QuantizationPlan plan(GraphIndex graph, CalibrationTable table, Wish wish) {
        return new Planner(graph, table, wish).plan();
    }

    private QuantizationPlan plan() {
        Set<String> leading = leadingToLayers();
        for (NodeProto node : graph.nodes()) {
            Rules.of(node).ifPresent(rule -> {
                switch (rule) {
                    case WeightedRule layer -> layer(node, layer, leading);
                    case WeightlessRule other -> between(node, other, leading);
                }
            });
        }
        Map<String, Affine> activations = activations();
        // a Relu that the shared scale does not do stays, and what comes before it cannot be fused: rather no sharing
        if (!activations.entrySet().stream().allMatch(each -> isSaturated(each.getKey(), each.getValue()))) {
            ties.removeIf(node -> node.getOpType().equals("Concat"));
            activations = activations();
        }
        Map<String, Affine> settled = activations;
        saturated.keySet().removeIf(tensor -> !isSaturated(tensor, settled.get(tensor)));
        return new QuantizationPlan(wish.scheme(), settled, weighted, saturated, refinements(), inFloat);
    }

    private boolean isSaturated(String tensor, @org.jspecify.annotations.Nullable Affine affine) {
        Range bound = bounds.get(tensor);
        return affine == null || bound == null || Saturation.isDoneBy(affine, bound);
    }

    /** Operators from which a layer with weights that is to be quantized can be reached, by what they give. */
    private Set<String> leadingToLayers() {
        Set<String> wanted = new HashSet<>();
        Set<String> leading = new HashSet<>();
        for (NodeProto node : graph.nodes().reversed()) {
            boolean leads = isLastMean(node) || node.getOutputList().stream().anyMatch(wanted::contains);
            if (leads) {
                leading.addAll(node.getOutputList());
            }
            if (leads || isLayer(node)) {
                wanted.addAll(node.getInputList());
            }
        }
        return leading;
    }

    private boolean isLastMean(NodeProto node) {
        return wish.coverage() == Coverage.POOLED && node.getOpType().equals("GlobalAveragePool");
    }

    private boolean isLayer(NodeProto node) {
        return Rules.weighted(node).isPresent()
                && !wish.kept().containsKey(Layer.name(node))
                && Rules.obstacle(node, graph).isEmpty();
    }

    private void layer(NodeProto node, WeightedRule rule, Set<String> leading) {
        Optional<String> why = Optional.ofNullable(wish.kept().get(Layer.name(node)))
                .or(() -> rule.obstacle(node, graph))
                .or(() -> unseen(rule.activations(node, graph)))
                .or(() -> unseen(List.of(Saturation.given(node, graph))));
        if (why.isPresent()) {
            inFloat.put(Layer.name(node), why.get());
            return;
        }
        weighted.add(Layer.name(node));
        quantized.add(node.getInput(0));
        // convolutions are only fused when what they give is quantized; products may give real numbers
        if (rule == WeightedRule.CONVOLUTION || leading.contains(node.getOutput(0))) {
            output(node);
        }
    }

    private Optional<String> unseen(List<String> tensors) {
        return tensors.stream()
                .filter(name -> !isKnown(name))
                .findFirst()
                .map(name -> "\"%s\" contains values that are not finite".formatted(name));
    }

    private boolean isKnown(String tensor) {
        return table.of(tensor).isPresent()
                || graph.floats(tensor).filter(Planner::isFinite).isPresent();
    }

    private static boolean isFinite(TensorProto tensor) {
        for (float value : TensorValues.floats(tensor)) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private void between(NodeProto node, WeightlessRule rule, Set<String> leading) {
        List<String> inputs = rule.activations(node, graph);
        boolean wanted = (rule == WeightlessRule.MOVING || wish.coverage() != Coverage.LAYERS)
                && leading.contains(node.getOutput(0))
                && inputs.stream().anyMatch(quantized::contains)
                && inputs.stream().allMatch(this::isKnown)
                && isKnown(rule.ties() ? node.getOutput(0) : Saturation.given(node, graph))
                && rule.obstacle(node, graph).isEmpty();
        if (!wanted) {
            return;
        }
        quantized.addAll(inputs);
        if (rule.ties()) {
            quantized.addAll(node.getOutputList());
            ties.add(node);
        } else {
            output(node);
        }
    }

    /** Quantizes an operator's output, after its Relu if any. */
    private void output(NodeProto node) {
        Optional<NodeProto> relu = Saturation.after(node, graph).filter(next -> isKnown(next.getOutput(0)));
        relu.ifPresent(next -> {
            saturated.put(next.getOutput(0), node.getOutput(0));
            bounds.put(next.getOutput(0), Saturation.bounds(next, graph).orElseThrow());
        });
        quantized.add(relu.map(next -> next.getOutput(0)).orElse(node.getOutput(0)));
    }

    private Map<String, Affine> activations() {
        Map<String, Range> ranges = new HashMap<>();
        quantized.forEach(tensor -> ranges.put(tensor, range(tensor)));
        Groups groups = groups(ranges);
        Map<String, Range> shared = new HashMap<>();
        ranges.forEach((tensor, range) -> shared.merge(groups.root(tensor), range, Range::with));
        Map<String, Affine> activations = new LinkedHashMap<>();
        for (String tensor : quantized) {
            Range range = java.util.Objects.requireNonNull(shared.get(groups.root(tensor)));
            activations.put(tensor, Affine.over(range, wish.scheme().activations()));
        }
        return activations;
    }

    private Groups groups(Map<String, Range> ranges) {
        Groups groups = new Groups();
        for (NodeProto node : ties) {
            List<String> inputs = Rules.of(node).orElseThrow().activations(node, graph);
            List<String> members = new ArrayList<>(inputs);
            members.addAll(node.getOutputList());
            boolean free = node.getOpType().equals("Concat")
                    && !inputs.stream().allMatch(graph::hasOneUse)
                    && !areSimilar(members, ranges);
            if (!free) {
                members.forEach(member -> groups.join(member, members.getFirst()));
            }
        }
        return groups;
    }

    private static boolean areSimilar(List<String> members, Map<String, Range> ranges) {
        Range all = members.stream().map(ranges::get).reduce(Range::with).orElseThrow();
        return members.stream().map(ranges::get).allMatch(range -> range.span() >= SIMILARITY * all.span());
    }

    private Range range(String tensor) {
        Optional<TensorProto> constant = graph.floats(tensor);
        if (constant.isPresent()) {
            Range range = new Range(0, 0);
            for (float value : TensorValues.floats(constant.get())) {
                range = range.with(new Range(value, value));
            }
            return range;
        }
        if (graph.producer(tensor).filter(HardSigmoid::isOne).isPresent()) {
            return HardSigmoid.range();
        }
        TensorStatistics seen = table.of(tensor).orElseThrow();
        OptionalDouble floor = Gating.floor(tensor, graph);
        return wish.ranges().of(tensor, floor.isPresent() ? seen.notBelow(floor.getAsDouble()) : seen);
    }

    private Map<String, Refinement> refinements() {
        Map<String, Refinement> refinements = new HashMap<>();
        graph.nodes().stream()
                .filter(node -> Rules.weighted(node).isPresent() && weighted.contains(Layer.name(node)))
                .forEach(node -> refinements.put(Layer.name(node), refinement(node)));
        return refinements;
    }

    private Refinement refinement(NodeProto node) {
        IntegerType type = wish.scheme().weights();
        Refinement rounded =
                new Refinement(wish.compensated() ? table.moments(Layer.name(node)) : Optional.empty(), new double[0]);
        return wish.corrected()
                ? table.of(node.getInput(0))
                        .flatMap(seen ->
                                BiasCorrection.of(node, graph, seen.channelMeans(), type, rounded.rounding(type)))
                        .map(shift -> new Refinement(rounded.moments(), shift))
                        .orElse(rounded)
                : rounded;
    }
}
