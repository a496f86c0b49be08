package dev.fovea.quantize;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.quantize.calibration.QuantizationProgress;
import dev.fovea.quantize.rewrite.Prepared;
import dev.fovea.quantize.rewrite.QuantizationPlan;
import dev.fovea.quantize.rewrite.QuantizationSetting;
import dev.fovea.quantize.rules.Layer;
import dev.fovea.quantize.rules.Rules;
import dev.fovea.quantize.search.SpeedUp;
import dev.fovea.quantize.search.TriedQuantization;
import dev.fovea.runtime.session.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reverts layers to float, the most sensitive first, until validation passes. Evaluates the final network once on the
 * test images.
 */
final class LayerFallback {

    private static final double MIN_SPEED_UP = 1.1;
    private static final Duration SPEED_TIME = Duration.ofSeconds(2);
    private static final String SENSITIVE = "in integers it costs too much accuracy";

    private final Engine engine;
    private final Quantizer.QuantizerInput order;
    private final Subject subject;
    private final List<TriedQuantization> tried;
    private final Map<String, Double> sensitivity;
    /** The most sensitive first. */
    private final List<String> layers;

    /**
     * The evaluated network.
     *
     * @param original in 32-bit floats
     * @param input one image, to measure speed with
     */
    record Subject(OnnxModel original, Prepared prepared, QuantizationSetting setting, Tensor input) {

        OnnxModel quantized(Map<String, String> kept) {
            return prepared.quantized(setting, kept);
        }
    }

    LayerFallback(
            Engine engine,
            Quantizer.QuantizerInput order,
            Subject subject,
            List<TriedQuantization> tried,
            Map<String, Double> sensitivity) {
        this.engine = engine;
        this.order = order;
        this.subject = subject;
        this.tried = tried;
        this.sensitivity = sensitivity;
        this.layers = sensitivity.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * The fully quantized network, or the one with the fewest float layers that passes validation. Test images are used
     * once, for the chosen network; repeated looks would inflate the significance.
     */
    QuantizationResult verdict(QuantizationProgress progress) {
        SpeedUp speedUp = speed(Map.of());
        boolean isWhole = !isFast(speedUp)
                || order.validationEvaluator()
                        .evaluate(subject.quantized(Map.of()))
                        .passes();
        Optional<Trial> mixed = isWhole ? Optional.empty() : chosen(progress);
        return mixed.map(trial -> validated(kept(trial.back()), trial.speedUp()))
                .orElseGet(() -> validated(Map.of(), speedUp));
    }

    /**
     * A network with some layers in float.
     *
     * @param back number of float layers, the most sensitive first
     * @param isGood whether validation passes; skipped for networks that are too slow
     */
    private record Trial(int back, SpeedUp speedUp, boolean isGood) {

        boolean isFast() {
            return LayerFallback.isFast(speedUp);
        }
    }

    /**
     * More float layers are more accurate and slower. Finds the minimum that passes, by doubling, then by bisection.
     */
    private Optional<Trial> chosen(QuantizationProgress progress) {
        int few = 0;
        int many = 1;
        Optional<Trial> best = Optional.empty();
        boolean doubling = true;
        while (many - few > (doubling ? 0 : 1)) {
            int back = doubling ? many : (few + many) / 2;
            progress.at("layers back to float", back, layers.size());
            Trial trial = trial(back);
            if (trial.isFast() && !trial.isGood()) {
                few = back;
                many = doubling ? Math.min(2 * back, layers.size()) : many;
            } else {
                many = back;
                doubling = false;
                best = trial.isFast() ? Optional.of(trial) : best;
            }
        }
        return best;
    }

    private Trial trial(int back) {
        Map<String, String> kept = kept(back);
        SpeedUp speedUp = speed(kept);
        return new Trial(
                back,
                speedUp,
                isFast(speedUp)
                        && order.validationEvaluator()
                                .evaluate(subject.quantized(kept))
                                .passes());
    }

    private Map<String, String> kept(int back) {
        Map<String, String> kept = new LinkedHashMap<>();
        layers.subList(0, back).forEach(layer -> kept.put(layer, SENSITIVE));
        return kept;
    }

    private static boolean isFast(SpeedUp speedUp) {
        return speedUp.ratio().low() >= MIN_SPEED_UP;
    }

    private SpeedUp speed(Map<String, String> kept) {
        return SpeedUp.measure(engine, subject.original(), subject.quantized(kept), subject.input(), SPEED_TIME);
    }

    private QuantizationResult validated(Map<String, String> kept, SpeedUp speedUp) {
        OnnxModel model = subject.quantized(kept);
        AcceptanceResult judgement = order.testEvaluator().evaluate(model);
        QuantizationReport report = new QuantizationReport(
                Precision.INT8.toString(),
                subject.prepared().table().images(),
                subject.setting().toString(),
                tried,
                layers(subject.prepared().plan(subject.setting(), kept), model),
                new FileSizes(order.model().bytes().length, model.bytes().length),
                speedUp,
                judgement);
        return obstacle(report)
                .<QuantizationResult>map(reason -> new QuantizationResult.Refused(reason, report))
                .orElseGet(() -> new QuantizationResult.Delivered(model, report));
    }

    private static Optional<String> obstacle(QuantizationReport report) {
        if (!report.judgement().passes()) {
            return Optional.of(report.judgement().verdict().headline());
        }
        if (report.layers().isEmpty()) {
            return Optional.of("It has no layer with weights, so that integers would not be faster: keep FP32.");
        }
        SpeedUp speedUp = report.speedUp();
        if (!isFast(speedUp)) {
            boolean maybe = speedUp.ratio().value() >= MIN_SPEED_UP;
            return Optional.of(String.format(
                    Locale.ROOT,
                    "INT8 runs %.2f times as fast as the original here (95 %% interval %.2f to %.2f), and "
                            + (maybe
                                    ? "a speed-up of %.1f is not certain: keep FP32, or measure again on an idle machine."
                                    : "the minimum speed-up is %.1f: keep FP32."),
                    speedUp.ratio().value(),
                    speedUp.ratio().low(),
                    speedUp.ratio().high(),
                    MIN_SPEED_UP));
        }
        return report.bytes().quantized() < report.bytes().original()
                ? Optional.empty()
                : Optional.of("INT8 would be no smaller: keep the original.");
    }

    private List<LayerReport> layers(QuantizationPlan plan, OnnxModel model) {
        FusionReport fusion = FusionReport.of(engine.optimised(model, Engine.Optimisation.RUN));
        List<LayerReport> layers = new ArrayList<>();
        for (NodeProto node : subject.prepared().graph().nodes()) {
            if (Rules.weighted(node).isPresent()) {
                String name = Layer.name(node);
                Optional<String> reason = Optional.ofNullable(plan.inFloat().get(name))
                        .or(() -> fusion.reason(name, subject.setting().coverage()));
                layers.add(new LayerReport(
                        name, node.getOpType(), reason.isEmpty(), reason, Optional.ofNullable(sensitivity.get(name))));
            }
        }
        return layers;
    }
}
