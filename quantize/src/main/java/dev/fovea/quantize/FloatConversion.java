package dev.fovea.quantize;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.fovea.model.graph.Fp16Conversion;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.quantize.calibration.CalibrationTable;
import dev.fovea.quantize.calibration.Calibrator;
import dev.fovea.quantize.calibration.QuantizationProgress;
import dev.fovea.quantize.rules.Edit;
import dev.fovea.quantize.rules.Layer;
import dev.fovea.quantize.rules.Refinement;
import dev.fovea.quantize.rules.Rules;
import dev.fovea.quantize.rules.WeightedRule;
import dev.fovea.quantize.search.QuantizationError;
import dev.fovea.quantize.search.SpeedUp;
import dev.fovea.quantize.search.TriedQuantization;
import dev.fovea.runtime.session.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Converts a network to FP16 or weight-only INT8, which computes in floats. It must pass the acceptance criteria; it
 * need not be faster on this machine.
 */
final class FloatConversion {

    private static final Duration SPEED_TIME = Duration.ofSeconds(2);
    /**
     * Maximum relative squared error of the outputs. A network with constant predictions could pass the acceptance
     * criteria despite it.
     */
    private static final double MAX_ERROR = 0.25;

    private final Engine engine;
    private final Quantizer.QuantizerInput order;
    private final OnnxModel original;
    private final OnnxModel prepared;
    private final List<Tensor> probes;

    /**
     * A shrinking of one network.
     *
     * @param original in 32-bit floats
     * @param prepared the same, prepared
     * @param probes inputs to compare its outputs on
     */
    FloatConversion(
            Engine engine,
            Quantizer.QuantizerInput order,
            OnnxModel original,
            OnnxModel prepared,
            List<Tensor> probes) {
        this.engine = engine;
        this.order = order;
        this.original = original;
        this.prepared = prepared;
        this.probes = probes;
    }

    QuantizationResult verdict(QuantizationProgress progress) {
        progress.at("rewriting", 0, 1);
        OnnxModel smaller = order.precision() == Precision.FP16 ? halved(progress) : withIntegerWeights(progress);
        progress.at("rewriting", 1, 1);
        double error = new QuantizationError(engine, original, probes).of(smaller);
        SpeedUp speedUp = SpeedUp.measure(engine, original, smaller, probes.getFirst(), SPEED_TIME);
        AcceptanceResult judgement = order.testEvaluator().evaluate(smaller);
        String setting = order.precision().words();
        QuantizationReport report = new QuantizationReport(
                order.precision().toString(),
                order.calibration().size(),
                setting,
                List.of(new TriedQuantization(setting, error)),
                layers(smaller),
                new FileSizes(order.model().bytes().length, smaller.bytes().length),
                speedUp,
                judgement);
        if (!judgement.passes()) {
            return new QuantizationResult.Refused(judgement.verdict().headline(), report);
        }
        if (!(error <= MAX_ERROR)) {
            return new QuantizationResult.Refused(
                    "As %s the network's outputs are others: what differs is %.0f %% of them. Its numbers may be too large for them."
                            .formatted(setting, 100 * error),
                    report);
        }
        return report.bytes().quantized() < report.bytes().original()
                ? new QuantizationResult.Delivered(smaller, report)
                : new QuantizationResult.Refused(setting + " would be no smaller: keep the original.", report);
    }

    /** Asks the runtime which values are floats. */
    private OnnxModel halved(QuantizationProgress progress) {
        Set<String> values = new HashSet<>();
        prepared.proto().getGraph().getNodeList().forEach(node -> values.addAll(node.getOutputList()));
        prepared.inputs().forEach(input -> values.add(input.name()));
        values.remove("");
        CalibrationTable table = new Calibrator(engine).look(prepared, values, List.of(probes.getFirst()), progress);
        return Fp16Conversion.apply(prepared, table.tensors().keySet());
    }

    private OnnxModel withIntegerWeights(QuantizationProgress progress) {
        GraphIndex graph = new GraphIndex(prepared);
        CalibrationTable table =
                new Calibrator(engine).look(prepared, Quantizer.watched(graph), order.calibration(), progress);
        GraphProto.Builder rewritten =
                prepared.proto().getGraph().toBuilder().clearNode().clearValueInfo();
        for (NodeProto node : graph.nodes()) {
            Optional<WeightedRule> rule = rule(node, graph);
            if (rule.isPresent()) {
                Edit edit = rule.get().storage(node, Layer.name(node), graph, refinement(table, node));
                rewritten.addAllInitializer(edit.initializers()).addAllNode(edit.nodes());
            } else {
                rewritten.addNode(node);
            }
        }
        Set<String> taken = new HashSet<>();
        rewritten.getNodeList().forEach(node -> taken.addAll(node.getInputList()));
        for (int i = rewritten.getInitializerCount() - 1; i >= 0; i--) {
            String name = rewritten.getInitializer(i).getName();
            if (!taken.contains(name)) {
                rewritten.removeInitializer(i);
            }
        }
        return OnnxModel.of(prepared.proto().toBuilder().setGraph(rewritten).build());
    }

    private static Refinement refinement(CalibrationTable table, NodeProto node) {
        return new Refinement(table.moments(Layer.name(node)), new double[0]);
    }

    private static Optional<WeightedRule> rule(NodeProto node, GraphIndex graph) {
        return Rules.weighted(node)
                .filter(rule -> rule.obstacle(node, graph).isEmpty())
                .filter(rule -> graph.floats(node.getInput(1)).isPresent());
    }

    private List<LayerReport> layers(OnnxModel smaller) {
        String reason =
                order.precision() == Precision.FP16 ? "it computes in 16-bit floats" : "only its weights are integers";
        List<LayerReport> layers = new ArrayList<>();
        for (NodeProto node : smaller.proto().getGraph().getNodeList()) {
            if (Rules.weighted(node).isPresent()) {
                layers.add(new LayerReport(
                        Layer.name(node), node.getOpType(), false, Optional.of(reason), Optional.empty()));
            }
        }
        return layers;
    }
}
