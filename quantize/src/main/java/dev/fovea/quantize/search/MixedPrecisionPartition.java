package dev.fovea.quantize.search;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.quantize.rewrite.Prepared;
import dev.fovea.quantize.rewrite.QuantizationSetting;
import dev.fovea.quantize.rules.Layer;
import dev.fovea.quantize.rules.Rules;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.ProfiledSession;
import dev.fovea.runtime.session.SessionSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the layers that are faster in float on this machine, such as small depthwise convolutions. A layer costs the
 * measured time of it and the operators after it, in integers or in float. A tensor between an integer and a float
 * layer costs a conversion. The cheapest partition is a minimum cut; its speed is then measured.
 */
public final class MixedPrecisionPartition {

    private static final String REASON = "in float it is faster here";

    private static final int MIN_RUNS = 10;
    private static final int MAX_RUNS = 40;
    private static final Duration PROFILE_TIME = Duration.ofSeconds(2);
    private static final Duration TRIAL_TIME = Duration.ofSeconds(2);

    /** Layers in float cost size, so that a hair's breadth of speed is not worth them. */
    private static final double WORTH_IT = 1.02;

    /** Of a profile's clock, in microseconds: layers that take the same in both are integers. */
    private static final double RESOLUTION = 1;

    /** What one more operator takes however little it does, in microseconds. */
    private static final double OPERATOR = 5;

    /**
     * Factors on the cost of QuantizeLinear or DequantizeLinear, for layout changes and lost fusion. The fastest
     * network of all factors is chosen.
     */
    private static final List<Double> DEARER = List.of(1.0, 2.0, 4.0);

    private final GraphIndex graph;
    private final Set<String> weighted;
    private final OperatorCosts integers;
    private final OperatorCosts floats;

    MixedPrecisionPartition(GraphIndex graph, Set<String> weighted, OperatorCosts integers, OperatorCosts floats) {
        this.graph = graph;
        this.weighted = weighted;
        this.integers = integers;
        this.floats = floats;
    }

    /** The setting with the layers in float that make it faster; itself where none do. */
    public static QuantizationSetting faster(
            Engine engine, Prepared prepared, QuantizationSetting start, Tensor input) {
        MixedPrecisionPartition placement = of(engine, prepared, start, input);
        QuantizationSetting best = start;
        Set<Set<String>> tried = new LinkedHashSet<>();
        for (double dearer : DEARER) {
            Set<String> inFloat = placement.inFloat(dearer);
            boolean isMixed = !inFloat.isEmpty() && inFloat.size() < placement.weighted.size();
            if (isMixed && tried.add(inFloat)) {
                QuantizationSetting other = start.with(reasons(inFloat));
                SpeedUp gain = SpeedUp.compare(
                        engine,
                        prepared.quantized(best, Map.of()),
                        prepared.quantized(other, Map.of()),
                        input,
                        TRIAL_TIME);
                best = gain.ratio().low() >= WORTH_IT ? other : best;
            }
        }
        return best;
    }

    private static Map<String, String> reasons(Set<String> layers) {
        Map<String, String> reasons = new LinkedHashMap<>();
        layers.forEach(layer -> reasons.put(layer, REASON));
        return reasons;
    }

    /** Both networks, run in turns, so that whatever else the machine does slows both. */
    private static MixedPrecisionPartition of(
            Engine engine, Prepared prepared, QuantizationSetting setting, Tensor input) {
        SessionSettings settings = new SessionSettings(1, false);
        OnnxModel quantized = prepared.quantized(setting, Map.of());
        try (ProfiledSession integer = engine.profiled(quantized, settings);
                ProfiledSession real = engine.profiled(prepared.plain().model(), settings)) {
            long end = System.nanoTime() + PROFILE_TIME.toNanos();
            for (int run = 0; run < MIN_RUNS || (run < MAX_RUNS && System.nanoTime() < end); run++) {
                integer.run(List.of(input));
                real.run(List.of(input));
            }
            GraphIndex graph = prepared.graph();
            return new MixedPrecisionPartition(
                    graph,
                    prepared.plan(setting, Map.of()).weighted(),
                    OperatorCosts.of(integer.end(), graph),
                    OperatorCosts.of(real.end(), graph));
        }
    }

    /** The float layers of the minimum cut. */
    Set<String> inFloat(double dearer) {
        MinimumCut cut = new MinimumCut();
        Map<String, Integer> layers = new LinkedHashMap<>();
        Map<String, Integer> points = points(cut, layers);
        for (NodeProto node : graph.nodes()) {
            Integer layer = layers.get(Layer.name(node));
            if (layer != null) {
                cut.edge(MinimumCut.SOURCE, layer, RESOLUTION);
                if (graph.producer(node.getInput(0)).isEmpty()) {
                    cut.edge(layer, MinimumCut.SINK, integers.micros(node.getInput(0)));
                }
            }
            for (String tensor : node.getOutputList()) {
                int point = points.getOrDefault(tensor, MinimumCut.SINK);
                if (point != MinimumCut.SINK) {
                    cut.edge(MinimumCut.SOURCE, point, floats.micros(tensor));
                    cut.edge(point, MinimumCut.SINK, integers.micros(tensor));
                }
                convert(cut, point, takers(tensor, points), cost(tensor, dearer));
            }
        }
        Set<Integer> inIntegers = cut.sourcePartition();
        layers.values().removeIf(inIntegers::contains);
        return layers.keySet();
    }

    /**
     * Each layer with the operators up to the next is a point, in the source's part when in integers. Operators before
     * the first layer and unquantized layers are the sink.
     */
    private Map<String, Integer> points(MinimumCut cut, Map<String, Integer> layers) {
        Map<String, Integer> points = new HashMap<>();
        for (NodeProto node : graph.nodes()) {
            int point;
            if (weighted.contains(Layer.name(node))) {
                point = cut.point();
                layers.put(Layer.name(node), point);
            } else if (Rules.weighted(node).isPresent()) {
                point = MinimumCut.SINK;
            } else {
                point = node.getInputList().stream()
                        .filter(points::containsKey)
                        .map(points::get)
                        .findFirst()
                        .orElse(MinimumCut.SINK);
            }
            node.getOutputList().forEach(output -> points.put(output, point));
        }
        return points;
    }

    private Set<Integer> takers(String tensor, Map<String, Integer> points) {
        Set<Integer> takers = new LinkedHashSet<>();
        graph.consumers(tensor).forEach(node -> takers.add(points.get(node.getOutput(0))));
        return takers;
    }

    /** A conversion costs once per tensor with a consumer of the other precision. */
    private static void convert(MinimumCut cut, int giver, Set<Integer> takers, double cost) {
        takers.remove(giver);
        if (takers.isEmpty()) {
            return;
        }
        int anyInFloat = cut.point();
        int anyInIntegers = cut.point();
        cut.edge(giver, anyInFloat, cost);
        cut.edge(anyInIntegers, giver, cost);
        for (int taker : takers) {
            cut.edge(anyInFloat, taker, Double.POSITIVE_INFINITY);
            cut.edge(taker, anyInIntegers, Double.POSITIVE_INFINITY);
        }
    }

    private double cost(String tensor, double dearer) {
        long values = Math.max(floats.values(tensor), integers.values(tensor));
        return dearer * (OPERATOR + values * integers.conversion());
    }
}
