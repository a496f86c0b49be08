package dev.fovea.quantize;

import static dev.fovea.model.graph.GraphBuilder.BATCH;
import static dev.fovea.model.graph.GraphBuilder.integer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Size;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.NetworkBuilder;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.TensorValues;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.quantize.calibration.Calibrator;
import dev.fovea.quantize.calibration.QuantizationProgress;
import dev.fovea.quantize.numeric.Coverage;
import dev.fovea.quantize.numeric.Scheme;
import dev.fovea.quantize.rewrite.Prepared;
import dev.fovea.quantize.rewrite.QuantizationSetting;
import dev.fovea.quantize.rules.Rules;
import dev.fovea.quantize.search.SpeedUp;
import dev.fovea.runtime.session.Engine;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizerTest {

    private static final NetworkEvaluator CONTENT =
            candidate -> new AcceptanceResult(true, 0, "fine", List.of(), Evidence.none(0.5));
    private static final QuantizationProgress SILENT = (step, done, of) -> {};

    private final Engine engine = Engine.open();
    private final List<Tensor> inputs = Networks.inputs(40, 3, 32);

    @ParameterizedTest
    @EnumSource(NetworkBuilder.Family.class)
    void shouldRunEveryLayerOfOwnNetworksInIntegers(NetworkBuilder.Family family) {
        OnnxModel model = NetworkBuilder.build(family, NetworkBuilder.Scale.MEDIUM, 3, Size.square(32), 6, 1);
        QuantizationReport report = quantize(model).report();
        assertThat(report.layers())
                .hasSizeGreaterThan(10)
                .allSatisfy(layer -> assertThat(layer.integer())
                        .as("%s: %s", layer.name(), layer.reason().orElse(""))
                        .isTrue());
        assertThat(report.tried().getFirst().error()).isLessThan(0.01);
        assertThat(report.bytes().quantized())
                .isLessThan((long) (0.45 * report.bytes().original()));
    }

    @Test
    void shouldQuantizeOperatorsBetweenLayersAndKeepTheRestInFloat() {
        QuantizationResult result = quantize(Networks.mixed());
        assertThat(result.report().layers())
                .hasSize(7)
                .allSatisfy(layer -> assertThat(layer.integer()).isTrue());
        assertThat(result.report().tried().getFirst().error()).isLessThan(0.003);
    }

    /** One output channel has values far below its gate's cut-off, which must not coarsen the others. */
    @ParameterizedTest
    @ValueSource(strings = {"Sigmoid", "HardSigmoid"})
    void shouldEndTheRangeAtTheGatesCutOff(String gate) {
        GraphBuilder graph = new GraphBuilder("gated");
        float[] kernel = Networks.normal(1, 8 * 27, 0.3);
        for (int i = 0; i < 27; i++) {
            kernel[i] *= 20;
        }
        float[] bias = Networks.normal(2, 8, 0.1);
        bias[0] = -400;
        String x = eightChannels(graph, kernel, bias);
        String gated = graph.node("Mul", "gated", List.of(x, graph.node(gate, "gate", List.of(x))));
        Networks.convolution(graph, gated, "last", 8, 8, 1, 1);
        OnnxModel model = graph.output("last", BATCH, 8, 30, 30).build();
        Prepared prepared = prepared(model);
        for (Scheme scheme : List.of(Scheme.U8S8, Scheme.U8S7)) {
            OnnxModel integers =
                    prepared.quantized(QuantizationSetting.usual(Coverage.ALL).with(scheme), Map.of());
            FusionReport fusion = FusionReport.of(engine.optimised(integers, Engine.Optimisation.RUN));
            assertThat(fusion.integer()).as("%s", scheme).containsExactlyInAnyOrder("c", "last");
            assertThat(fusion.real()).as("%s", scheme).isEmpty();
        }

        QuantizationReport report = quantize(model).report();
        // without VNNI by weights of seven bits, as products of eight saturate there
        assertThat(report.tried().getFirst().error()).isLessThan(0.0015);
        assertThat(report.setting()).doesNotContain("S8×S8");
        assertThat(report.layers())
                .hasSize(2)
                .allSatisfy(layer -> assertThat(layer.reason())
                        .as("%s is in integers, or in float by measurement", layer.name())
                        .satisfiesAnyOf(
                                reason -> assertThat(reason).isEmpty(),
                                reason -> assertThat(reason)
                                        .hasValueSatisfying(
                                                why -> assertThat(why).contains("faster"))));
    }

    private static String eightChannels(GraphBuilder graph, float[] kernel, float[] bias) {
        return graph.node(
                "Conv",
                "c",
                List.of(
                        graph.input("input", BATCH, 3, 32, 32),
                        graph.weights("w", List.of(8L, 3L, 3L, 3L), kernel),
                        graph.weights("b", List.of(8L), bias)));
    }

    @Test
    void shouldGiveTheSameNetworkForTheSameOrder() {
        OnnxModel model = Networks.mixed();
        assertThat(quantize(model).report().tried())
                .isEqualTo(quantize(model).report().tried());
    }

    @Test
    void shouldScaleEveryBiasExactlyAsItsInputAndWeightsSay() {
        OnnxModel quantized = prepared(Networks.mixed()).quantized(setting(), Map.of());
        GraphIndex graph = new GraphIndex(quantized);
        List<NodeProto> layers = graph.nodes().stream()
                .filter(node ->
                        node.getOpType().equals("Conv") || node.getOpType().equals("Gemm"))
                .toList();
        assertThat(layers).hasSize(7).allSatisfy(node -> {
            float input = scale(graph, node.getInput(0))[0];
            float[] weights = scale(graph, node.getInput(1));
            float[] bias = scale(graph, node.getInput(2));
            assertThat(bias).hasSameSizeAs(weights);
            for (int i = 0; i < bias.length; i++) {
                assertThat(bias[i]).isEqualTo(input * weights[i]);
            }
        });
    }

    private static float[] scale(GraphIndex graph, String value) {
        NodeProto real = graph.producer(value).orElseThrow();
        assertThat(real.getOpType()).isEqualTo("DequantizeLinear");
        return TensorValues.floats(graph.initializer(real.getInput(1)).orElseThrow());
    }

    @Test
    void shouldRunFloatLayersInFloat() {
        OnnxModel model = NetworkBuilder.build(
                NetworkBuilder.Family.RESIDUAL, NetworkBuilder.Scale.SMALL, 3, Size.square(32), 6, 1);
        Prepared prepared = prepared(model);
        List<String> layers = List.copyOf(prepared.plan(setting(), Map.of()).weighted());
        for (String layer : layers) {
            Map<String, String> kept = Map.of(layer, "asked for");
            FusionReport fusion =
                    FusionReport.of(engine.optimised(prepared.quantized(setting(), kept), Engine.Optimisation.RUN));
            assertThat(fusion.integer()).as(layer).hasSize(layers.size() - 1).doesNotContain(layer);
            assertThat(fusion.real()).as(layer).hasSize(1);
        }
    }

    @Test
    void shouldSkipShapeComputations() {
        GraphBuilder graph = new GraphBuilder("shapes");
        String y = graph.node(
                "Relu",
                "y",
                List.of(Networks.convolution(graph, graph.input("input", BATCH, 3, 32, 32), "c", 3, 8, 3, 1)));
        String batch =
                graph.node("Gather", "n", List.of(graph.node("Shape", "s", List.of(y)), graph.integers("zero", 0)));
        String shape =
                graph.node("Concat", "shape", List.of(batch, graph.integers("rest", 8, 1024)), integer("axis", 0));
        String flat = graph.node("Reshape", "flat", List.of(y, shape));
        String weight = graph.weights("w", List.of(1024L, 5L), Networks.normal(5, 5120, 0.05));
        graph.node("MatMul", "out", List.of(flat, weight));
        QuantizationReport report =
                quantize(graph.output("out", BATCH, 8, 5).build()).report();
        assertThat(report.layers()).hasSize(2).allMatch(LayerReport::integer);
        assertThat(report.tried().getFirst().error()).isLessThan(0.01);
    }

    @Test
    void shouldKeepTheBiasOfChannelsWhoseWeightsAreNearlyNothing() {
        GraphBuilder graph = new GraphBuilder("dead");
        float[] kernel = Networks.normal(1, 8 * 27, 0.2);
        java.util.Arrays.fill(kernel, 0, 27, 1e-9f);
        float[] bias = Networks.normal(2, 8, 0.1);
        bias[0] = 3;
        eightChannels(graph, kernel, bias);
        OnnxModel model = graph.output("c", BATCH, 8, 30, 30).build();
        assertThat(quantize(model).report().tried().getFirst().error()).isLessThan(0.001);
    }

    @Test
    void shouldDistinguishUnnamedLayers() {
        OnnxModel nameless = edited(
                Networks.mixed(),
                node -> !node.getOutput(0).equals("c3"),
                node -> node.toBuilder().clearName().build());
        OnnxModel misleading = edited(
                nameless,
                node -> node.getOutput(0).equals("c3"),
                node -> node.toBuilder().setName("c4").build());
        assertThat(quantize(misleading).report().layers())
                .hasSize(7)
                .allMatch(LayerReport::integer)
                .extracting(LayerReport::name)
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldDropEveryReluThatIntegersDo() {
        OnnxModel quantized = prepared(Networks.mixed()).quantized(setting(), Map.of());
        assertThat(quantized.operators())
                .doesNotContainKeys("Relu", "HardSigmoid")
                .containsKeys("Softmax", "Sigmoid");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldTakeAsFewLayersBackToFloatAsTheChooserIsContentWith(int needed) {
        OnnxModel model = wide();
        NetworkEvaluator validationEvaluator = candidate -> evaluated(inFloat(candidate) >= needed);
        NetworkEvaluator testEvaluator = candidate -> evaluated(inFloat(candidate) > 0);
        QuantizationResult result =
                new Quantizer(engine).quantize(order(model, wideInputs(), validationEvaluator, testEvaluator), SILENT);
        assertThat(result).isInstanceOf(QuantizationResult.Delivered.class);
        assertThat(result.report().layers())
                .filteredOn(layer -> !layer.integer())
                .hasSize(needed)
                .allSatisfy(layer -> assertThat(layer.reason())
                        .hasValueSatisfying(why -> assertThat(why).contains("too much accuracy")));
    }

    /** Number of layers with float weights. */
    private static long inFloat(OnnxModel model) {
        GraphIndex graph = new GraphIndex(model);
        return graph.nodes().stream()
                .filter(node -> Rules.weighted(node).isPresent())
                .filter(node -> graph.producer(node.getInput(1)).isEmpty())
                .count();
    }

    private static AcceptanceResult evaluated(boolean passes) {
        return new AcceptanceResult(
                passes, passes ? 0.1 : 3, passes ? "fine" : "3 points lost", List.of(), Evidence.none(0.5));
    }

    /** Whether the chooser takes the network that is all integers, or one with a layer in float. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldUseTestImagesOnce(int needed) {
        int[] calls = {0};
        NetworkEvaluator never = candidate -> {
            calls[0]++;
            return evaluated(false);
        };
        NetworkEvaluator validationEvaluator = candidate -> evaluated(inFloat(candidate) >= needed);
        QuantizationResult result =
                new Quantizer(engine).quantize(order(wide(), wideInputs(), validationEvaluator, never), SILENT);
        assertThat(calls[0]).isOne();
        assertThat(result)
                .isInstanceOfSatisfying(
                        QuantizationResult.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo("3 points lost"));
    }

    @Test
    void shouldRejectWithTheTestResultWhenValidationNeverPasses() {
        NetworkEvaluator never = candidate -> evaluated(false);
        QuantizationResult result =
                new Quantizer(engine).quantize(order(Networks.mixed(), inputs, never, never), SILENT);
        assertThat(result)
                .isInstanceOfSatisfying(
                        QuantizationResult.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo("3 points lost"));
    }

    @Test
    void shouldStoreWeightsAsIntegersAndComputeInFloats() {
        QuantizationResult result = shrunk(Precision.INT8_WEIGHTS);
        assertThat(result).isInstanceOf(QuantizationResult.Delivered.class);
        QuantizationReport report = result.report();
        assertThat(report.bytes().ratio()).isLessThan(0.3);
        assertThat(report.tried().getFirst().error()).isBetween(1e-9, 0.001);
        OnnxModel model = ((QuantizationResult.Delivered) result).model();
        assertThat(model.operators()).containsKeys("Conv", "DequantizeLinear").doesNotContainKey("QuantizeLinear");
    }

    @Test
    void shouldComputeInHalvesBetweenInputsAndOutputsThatStayAsTheyAre() {
        QuantizationResult result = shrunk(Precision.FP16);
        assertThat(result).isInstanceOf(QuantizationResult.Delivered.class);
        QuantizationReport report = result.report();
        assertThat(report.bytes().ratio()).isBetween(0.49, 0.55);
        assertThat(report.tried().getFirst().error()).isBetween(1e-12, 1e-4);
        OnnxModel model = ((QuantizationResult.Delivered) result).model();
        assertThat(model.inputs()).isEqualTo(wide().inputs());
        assertThat(model.operators()).containsEntry("Cast", 2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"INT8_WEIGHTS", "FP16"})
    void shouldRejectWeightOnlyWithTheTestResult(Precision precision) {
        Quantizer.QuantizerInput order = new Quantizer.QuantizerInput(
                Networks.mixed(), inputs, CONTENT, candidate -> evaluated(false), precision);
        assertThat(new Quantizer(engine).quantize(order, SILENT))
                .isInstanceOfSatisfying(
                        QuantizationResult.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo("3 points lost"));
    }

    private QuantizationResult shrunk(Precision precision) {
        return new Quantizer(engine)
                .quantize(new Quantizer.QuantizerInput(wide(), wideInputs(), CONTENT, CONTENT, precision), SILENT);
    }

    @Test
    void shouldRefuseATinyNetworkThatIntegersDoNotSpeedUp() {
        GraphBuilder graph = new GraphBuilder("tiny");
        String flat = graph.node("Flatten", "flat", List.of(graph.input("input", BATCH, 3, 8, 8)));
        String weight = graph.weights("w", List.of(4L, 192L), Networks.normal(1, 768, 0.1));
        String bias = graph.weights("b", List.of(4L), new float[4]);
        graph.node("Gemm", "logits", List.of(flat, weight, bias), integer("transB", 1));
        QuantizationResult result = new Quantizer(engine)
                .quantize(
                        order(graph.output("logits", BATCH, 4).build(), Networks.inputs(20, 3, 8), CONTENT, CONTENT),
                        SILENT);
        assertThat(result)
                .isInstanceOfSatisfying(
                        QuantizationResult.Refused.class,
                        refused -> assertThat(refused.reason()).contains("times as fast", "keep FP32"));
    }

    @Test
    void shouldRejectUnsupportedModelsWithAReason() {
        OnnxModel mixed = Networks.mixed();
        assertRefused(
                edited(
                        mixed,
                        node -> node.getOutput(0).equals("gate"),
                        node -> node.toBuilder().setDomain("custom.ops").build()),
                inputs,
                ErrorCode.MODEL_OPERATOR_UNSUPPORTED,
                "custom.ops");
        assertRefused(
                edited(
                        mixed,
                        node -> node.getOutput(0).equals("gate"),
                        node -> node.toBuilder().setOpType("If").build()),
                inputs,
                ErrorCode.MODEL_OPERATOR_UNSUPPORTED,
                "control flow");
        OnnxModel quantized = prepared(mixed).quantized(setting(), Map.of());
        assertRefused(quantized, inputs, ErrorCode.MODEL_OPERATOR_UNSUPPORTED, "quantized already");
        assertRefused(external(mixed), inputs, ErrorCode.MODEL_CORRUPT, "another file");
        assertRefused(mixed, List.of(), ErrorCode.DATASET_INVALID, "no calibration image");
        assertRefused(
                mixed, Collections.nCopies(30, inputs.getFirst()), ErrorCode.DATASET_INVALID, "All 30", "the same");
        float[] nearly = inputs.getFirst().floats();
        nearly[7] += 1;
        Tensor other = Tensor.of("input", inputs.getFirst().shape(), nearly);
        assertRefused(mixed, List.of(inputs.getFirst(), other), ErrorCode.DATASET_INVALID, "All 2", "nearly");
    }

    @Test
    void shouldMeasureSpeedWithAnIntervalThatContainsTheRatio() {
        OnnxModel model = wide();
        SpeedUp same = SpeedUp.measure(engine, model, model, wideInputs().getFirst(), java.time.Duration.ofMillis(500));
        assertThat(same.ratio().value()).isCloseTo(1, within(0.3));
        assertThat(same.turns()).isGreaterThanOrEqualTo(15);
    }

    private void assertRefused(OnnxModel model, List<Tensor> images, ErrorCode code, String... words) {
        byte[] before = model.bytes();
        assertThatThrownBy(() -> new Quantizer(engine).quantize(order(model, images, CONTENT, CONTENT), SILENT))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContainingAll(words);
        assertThat(model.bytes()).isEqualTo(before);
    }

    private static OnnxModel edited(
            OnnxModel model, java.util.function.Predicate<NodeProto> which, UnaryOperator<NodeProto> edit) {
        var graph = model.proto().getGraph().toBuilder();
        for (int i = 0; i < graph.getNodeCount(); i++) {
            if (which.test(graph.getNode(i))) {
                graph.setNode(i, edit.apply(graph.getNode(i)));
            }
        }
        return OnnxModel.of(model.proto().toBuilder().setGraph(graph).build());
    }

    private static OnnxModel external(OnnxModel model) {
        var graph = model.proto().getGraph().toBuilder();
        graph.setInitializer(
                0,
                graph.getInitializer(0).toBuilder().clearRawData().setDataLocation(TensorProto.DataLocation.EXTERNAL));
        return OnnxModel.of(model.proto().toBuilder().setGraph(graph).build());
    }

    /** Wide enough that integers are clearly faster, also with two of its layers in float. */
    private static OnnxModel wide() {
        GraphBuilder graph = new GraphBuilder("wide");
        String x = graph.input("input", BATCH, 16, 24, 24);
        int channels = 16;
        for (int i = 0; i < 10; i++) {
            x = graph.node("Relu", "r" + i, List.of(Networks.convolution(graph, x, "c" + i, channels, 96, 3, 1)));
            channels = 96;
        }
        graph.node("GlobalAveragePool", "mean", List.of(x));
        return graph.output("mean", BATCH, 96, 1, 1).build();
    }

    private static List<Tensor> wideInputs() {
        return Networks.inputs(12, 16, 24);
    }

    private static QuantizationSetting setting() {
        return QuantizationSetting.usual(Coverage.ALL).withCompensation().withCorrection();
    }

    private Prepared prepared(OnnxModel model) {
        GraphPreparation preparation = new GraphPreparation(engine, inputs.subList(0, 2));
        OnnxModel plain = preparation.prepare(model);
        OnnxModel stemmed = preparation.stemmed(plain);
        Set<String> watched = Quantizer.watched(new GraphIndex(plain));
        watched.addAll(Quantizer.watched(new GraphIndex(stemmed)));
        return Prepared.of(plain, stemmed, new Calibrator(engine).look(stemmed, watched, inputs, SILENT));
    }

    private static Quantizer.QuantizerInput order(
            OnnxModel model,
            List<Tensor> images,
            NetworkEvaluator validationEvaluator,
            NetworkEvaluator testEvaluator) {
        return new Quantizer.QuantizerInput(model, images, validationEvaluator, testEvaluator, Precision.INT8);
    }

    private QuantizationResult quantize(OnnxModel model) {
        return new Quantizer(engine).quantize(order(model, inputs, CONTENT, CONTENT), SILENT);
    }
}
