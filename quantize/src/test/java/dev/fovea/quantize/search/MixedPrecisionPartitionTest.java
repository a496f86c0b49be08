package dev.fovea.quantize.search;

import static dev.fovea.model.graph.GraphBuilder.BATCH;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.quantize.GraphPreparation;
import dev.fovea.quantize.Networks;
import dev.fovea.quantize.Quantizer;
import dev.fovea.quantize.calibration.CalibrationTable;
import dev.fovea.quantize.calibration.Calibrator;
import dev.fovea.quantize.numeric.Coverage;
import dev.fovea.quantize.numeric.Saturation;
import dev.fovea.quantize.rewrite.Prepared;
import dev.fovea.quantize.rewrite.QuantizationPlan;
import dev.fovea.quantize.rewrite.QuantizationSetting;
import dev.fovea.quantize.rules.Layer;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.Profile;
import dev.fovea.runtime.session.ProfiledSession;
import dev.fovea.runtime.session.SessionSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MixedPrecisionPartitionTest {

    private static final Set<String> LAYERS = Set.of("a", "b", "c", "d");

    private final Engine engine = Engine.open();

    @Test
    void shouldKeepLayersInFloatThatAreFasterThere() {
        assertThat(inFloat(Map.of("a", 900.0, "b", 50.0), Map.of("a", 300.0, "b", 400.0)))
                .containsExactly("b");
        assertThat(inFloat(Map.of(), Map.of())).isEmpty();
    }

    @Test
    void shouldNotChangeBetweenIntegersAndFloatForLittle() {
        assertThat(inFloat(Map.of("b", 50.0), Map.of("b", 62.0))).isEmpty();
        assertThat(inFloat(Map.of("a", 20.0, "b", 20.0, "c", 20.0, "d", 20.0), Map.of("c", 70.0)))
                .containsExactlyInAnyOrderElementsOf(LAYERS);
    }

    @Test
    void shouldCountFollowingOperatorsForTheLayer() {
        assertThat(inFloat(
                        Map.of("c", 100.0, "silu", 10.0, "d", 90.0), Map.of("c", 60.0, "gate", 100.0, "silu", 100.0)))
                .containsExactly("c");
    }

    @Test
    void shouldFindTheTimesOfAllLayersInTheOptimizedGraph() {
        OnnxModel model = Networks.mixed();
        List<Tensor> inputs = Networks.inputs(4, 3, 32);
        GraphPreparation preparation = new GraphPreparation(engine, inputs);
        OnnxModel plain = preparation.prepare(model);
        GraphIndex graph = new GraphIndex(plain);
        CalibrationTable table =
                new Calibrator(engine).look(plain, Quantizer.watched(graph), inputs, (step, done, of) -> {});
        Prepared prepared = Prepared.of(plain, plain, table);
        OnnxModel quantized = prepared.quantized(QuantizationSetting.usual(Coverage.ALL), Map.of());
        for (OnnxModel each : List.of(plain, quantized)) {
            OperatorCosts costs = OperatorCosts.of(profile(each, inputs.getFirst()), graph);
            for (NodeProto node : graph.nodes()) {
                // the others take less than a microsecond
                if (Set.of("c1", "c2", "c3", "c4", "c6").contains(Layer.name(node))) {
                    String given = Saturation.given(node, graph);
                    assertThat(costs.micros(node.getOutput(0)) + costs.micros(given))
                            .as(given)
                            .isPositive();
                }
            }
            assertThat(Math.max(costs.values("c1"), costs.values("a"))).isEqualTo(16 * 32 * 32);
        }
    }

    @Test
    void shouldSayOfLayersInFloatThatTheyAreFasterSo() {
        List<Tensor> inputs = Networks.inputs(4, 3, 32);
        OnnxModel plain = new GraphPreparation(engine, inputs).prepare(Networks.mixed());
        CalibrationTable table = new Calibrator(engine)
                .look(plain, Quantizer.watched(new GraphIndex(plain)), inputs, (step, done, of) -> {});
        QuantizationSetting setting =
                QuantizationSetting.usual(Coverage.ALL).with(Map.of("c2", "in float it is faster here"));
        QuantizationPlan plan = Prepared.of(plain, plain, table).plan(setting, Map.of("c6", "it errs"));
        assertThat(plan.inFloat())
                .containsOnly(Map.entry("c2", "in float it is faster here"), Map.entry("c6", "it errs"));
        assertThat(plan.weighted()).contains("c1", "c3").doesNotContain("c2", "c6");
        assertThat(setting).hasToString("U8×S8, all operators, ranges per tensor, 1 in float for speed");
    }

    private Profile profile(OnnxModel model, Tensor input) {
        try (ProfiledSession session = engine.profiled(model, new SessionSettings(1, false))) {
            session.run(List.of(input));
            session.run(List.of(input));
            return session.end();
        }
    }

    /**
     * The float layers of four consecutive layers, the third with a SiLU. Default times are 30 in integers and 60 in
     * float.
     */
    private static Set<String> inFloat(Map<String, Double> floats, Map<String, Double> integers) {
        GraphBuilder graph = new GraphBuilder("row");
        String x = graph.input("input", BATCH, 3, 16, 16);
        String a = Networks.convolution(graph, x, "a", 3, 8, 3, 1);
        String b = Networks.convolution(graph, a, "b", 8, 8, 3, 8);
        String c = Networks.convolution(graph, b, "c", 8, 8, 1, 1);
        String silu = graph.node("Mul", "silu", List.of(c, graph.node("Sigmoid", "gate", List.of(c))));
        Networks.convolution(graph, silu, "d", 8, 8, 3, 1);
        OnnxModel model = graph.output("d", BATCH, 8, 16, 16).build();
        GraphIndex index = new GraphIndex(model);
        return new MixedPrecisionPartition(
                        index,
                        LAYERS,
                        OperatorCosts.of(profile(model, 30, integers, 0.01), index),
                        OperatorCosts.of(profile(model, 60, floats, 0), index))
                .inFloat(1);
    }

    /** What a runtime might have seen; a conversion of 1,000 values at the end. */
    private static Profile profile(OnnxModel model, double usual, Map<String, Double> times, double conversion) {
        Map<String, Profile.ProfiledOperator> operators = new HashMap<>();
        LAYERS.forEach(layer -> operators.put(layer, new Profile.ProfiledOperator("Conv", usual, 8 * 16 * 16)));
        operators.put("gate", new Profile.ProfiledOperator("Sigmoid", 0, 8 * 16 * 16));
        operators.put("silu", new Profile.ProfiledOperator("Mul", 0, 8 * 16 * 16));
        times.forEach((name, micros) -> operators.put(name, new Profile.ProfiledOperator("Conv", micros, 8 * 16 * 16)));
        NodeProto last = NodeProto.newBuilder()
                .setOpType("DequantizeLinear")
                .setName("d::dq")
                .addInput("d")
                .addOutput("d::dq")
                .build();
        operators.put("d::dq", new Profile.ProfiledOperator("DequantizeLinear", 1000 * conversion, 1000));
        var graph = model.proto().getGraph().toBuilder().addNode(last);
        return new Profile(
                OnnxModel.of(model.proto().toBuilder().setGraph(graph).build()), operators);
    }
}
