package dev.fovea.quantize;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.graph.Fp32Conversion;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.quantize.calibration.CalibrationTable;
import dev.fovea.quantize.calibration.Calibrator;
import dev.fovea.quantize.calibration.QuantizationProgress;
import dev.fovea.quantize.numeric.Coverage;
import dev.fovea.quantize.numeric.Saturation;
import dev.fovea.quantize.rewrite.Prepared;
import dev.fovea.quantize.rewrite.QuantizationSetting;
import dev.fovea.quantize.rules.Rules;
import dev.fovea.quantize.search.MixedPrecisionPartition;
import dev.fovea.quantize.search.QuantizationError;
import dev.fovea.quantize.search.RangeRefinement;
import dev.fovea.quantize.search.Search;
import dev.fovea.quantize.search.Sensitivity;
import dev.fovea.quantize.search.SpeedUp;
import dev.fovea.runtime.session.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Quantizes an FP32 network to INT8. The result is smaller, faster on this machine and within the margin on test
 * images; otherwise the result gives the reason. Other precisions are smaller only. The same order gives the same
 * network, unless measured speed decides.
 */
public final class Quantizer {

    private static final int MAX_PROBES = 32;
    private static final int EQUALISING = 64;
    private static final int FEW_PROBES = 12;
    private static final int SAMPLES = 2;
    private static final Duration TRIAL_TIME = Duration.ofSeconds(1);
    private static final double LITTLE_MORE = 1.3;
    private static final double AS_FAST = 0.95;
    private static final double SIMILARITY = 0.01;

    private final Engine engine;

    /** A quantizer that runs networks with the engine. */
    public Quantizer(Engine engine) {
        this.engine = engine;
    }

    /**
     * The specification of a quantization.
     *
     * @param model FP32 or FP16 model; not modified
     * @param calibration tensors of one image each, 32-bit floats; 200 to 500 are enough
     * @param validationEvaluator evaluates on validation images, to choose the number of float layers
     * @param testEvaluator evaluates on test images, once, the chosen network
     * @param precision target precision
     */
    public record QuantizerInput(
            OnnxModel model,
            List<Tensor> calibration,
            NetworkEvaluator validationEvaluator,
            NetworkEvaluator testEvaluator,
            Precision precision) {}

    /**
     * Quantizes.
     *
     * @throws FoveaException {@code MODEL_OPERATOR_UNSUPPORTED}, {@code MODEL_CORRUPT} for a network that cannot be
     *     quantized; {@code DATASET_INVALID} for unusable calibration images; {@code VALIDATION_FAILED} if preparation
     *     changes the outputs
     */
    public QuantizationResult quantize(QuantizerInput order, QuantizationProgress progress) {
        GraphPreparation.require(order.model());
        requireVaried(order.calibration());
        OnnxModel original =
                Fp32Conversion.isNeeded(order.model()) ? Fp32Conversion.apply(order.model()) : order.model();
        List<Tensor> probes = spread(order.calibration(), MAX_PROBES);
        progress.at("preparation", 0, 1);
        GraphPreparation preparation = new GraphPreparation(engine, spread(order.calibration(), SAMPLES));
        OnnxModel model = preparation.prepare(original);
        if (order.precision() != Precision.INT8) {
            progress.at("preparation", 1, 1);
            return new FloatConversion(engine, order, original, model, probes).verdict(progress);
        }
        model = preparation.equalised(model, spread(order.calibration(), EQUALISING));
        OnnxModel stemmed = preparation.stemmed(model);
        progress.at("preparation", 1, 1);
        Set<String> watched = watched(new GraphIndex(model));
        watched.addAll(watched(new GraphIndex(stemmed)));
        CalibrationTable table = new Calibrator(engine).look(stemmed, watched, order.calibration(), progress);
        return chosen(order, original, Prepared.of(model, stemmed, table), probes, progress);
    }

    /** The best setting for a calibrated network, validated. */
    private QuantizationResult chosen(
            QuantizerInput order,
            OnnxModel original,
            Prepared prepared,
            List<Tensor> probes,
            QuantizationProgress progress) {
        OnnxModel model = prepared.plain().model();
        Tensor one = probes.getFirst();
        QuantizationError error = new QuantizationError(engine, model, probes);
        Search search = new Search(prepared, error, progress);
        progress.at("placement", 0, 1);
        QuantizationSetting setting = search.best(
                MixedPrecisionPartition.faster(engine, prepared, QuantizationSetting.usual(Coverage.ALL), one));
        setting = noSlower(prepared, setting, otherIntegers(prepared, setting, search), one);
        setting = faster(prepared, setting, error, one);
        Map<String, Double> sensitivity = Sensitivity.of(
                prepared, setting, new QuantizationError(engine, model, spread(probes, SAMPLES * 2)), progress);
        setting = RangeRefinement.of(
                prepared,
                setting,
                sensitivity,
                new QuantizationError(engine, model, spread(probes, FEW_PROBES)),
                error,
                progress);
        LayerFallback.Subject subject = new LayerFallback.Subject(original, prepared, setting, one);
        return new LayerFallback(engine, order, subject, search.tried(), sensitivity).verdict(progress);
    }

    /**
     * On x86 the runtime makes signed activations unsigned, but for those with several takers, which it fuses no more.
     */
    private QuantizationSetting otherIntegers(Prepared prepared, QuantizationSetting setting, Search search) {
        int layers = integerLayers(prepared, setting);
        return search.withOtherIntegers(setting, other -> integerLayers(prepared, other) >= layers);
    }

    private int integerLayers(Prepared prepared, QuantizationSetting setting) {
        OnnxModel quantized = prepared.quantized(setting, Map.of());
        return FusionReport.of(engine.optimised(quantized, Engine.Optimisation.RUN))
                .integer()
                .size();
    }

    private static void requireVaried(List<Tensor> calibration) {
        if (calibration.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "There is no calibration image. Add some hundred images like those in production.");
        }
        if (calibration.size() > 1 && areSimilar(calibration)) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "All %d calibration images are the same, or nearly. Add different images like those in production."
                            .formatted(calibration.size()));
        }
    }

    /** Whether all are within {@value #SIMILARITY} of the first tensor's largest deviation from its mean. */
    private static boolean areSimilar(List<Tensor> tensors) {
        float[] first = tensors.getFirst().floats();
        double mean = 0;
        for (float value : first) {
            mean += value / first.length;
        }
        double reach = 0;
        for (float value : first) {
            reach += Math.abs(value - mean);
        }
        double tolerance = SIMILARITY * reach;
        return tensors.stream().skip(1).allMatch(other -> distance(first, other.floats()) <= tolerance);
    }

    private static double distance(float[] one, float[] other) {
        double distance = 0;
        for (int i = 0; i < one.length; i++) {
            distance += Math.abs(one[i] - other[i]);
        }
        return distance;
    }

    /** So many of a list, evenly spread over it. */
    private static List<Tensor> spread(List<Tensor> all, int max) {
        List<Tensor> some = new ArrayList<>();
        int count = Math.min(max, all.size());
        for (int i = 0; i < count; i++) {
            some.add(all.get((int) ((long) i * all.size() / count)));
        }
        return some;
    }

    /** Every tensor that may become integers. */
    public static Set<String> watched(GraphIndex graph) {
        Set<String> watched = new LinkedHashSet<>();
        for (NodeProto node : graph.nodes()) {
            Rules.of(node).ifPresent(rule -> {
                watched.addAll(rule.activations(node, graph));
                watched.addAll(rule.ties() ? node.getOutputList() : List.of(Saturation.given(node, graph)));
            });
        }
        watched.removeIf(name -> name.isEmpty() || graph.initializer(name).isPresent());
        return watched;
    }

    /**
     * The more exact of two settings, unless it is shown to be slower: some kinds of integers have no fast kernels
     * here.
     */
    private QuantizationSetting noSlower(
            Prepared prepared, QuantizationSetting fast, QuantizationSetting exact, Tensor input) {
        if (exact.equals(fast)) {
            return fast;
        }
        SpeedUp gain = SpeedUp.compare(
                engine, prepared.quantized(fast, Map.of()), prepared.quantized(exact, Map.of()), input, TRIAL_TIME);
        return gain.ratio().high() < AS_FAST ? fast : exact;
    }

    /** The same setting with another coverage where that is faster here, and errs little more. */
    private QuantizationSetting faster(
            Prepared prepared, QuantizationSetting all, QuantizationError error, Tensor input) {
        double min = error.of(prepared.quantized(all, Map.of()));
        QuantizationSetting best = all;
        for (Coverage coverage : List.of(Coverage.LAYERS, Coverage.POOLED)) {
            QuantizationSetting other = all.with(coverage);
            OnnxModel candidate = prepared.quantized(other, Map.of());
            SpeedUp gain = SpeedUp.compare(engine, prepared.quantized(best, Map.of()), candidate, input, TRIAL_TIME);
            if (gain.ratio().low() > 1 && error.of(candidate) <= LITTLE_MORE * min) {
                best = other;
            }
        }
        return best;
    }
}
