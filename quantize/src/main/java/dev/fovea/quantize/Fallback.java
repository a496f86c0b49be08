package dev.fovea.quantize;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.fovea.model.OnnxModel;
import dev.fovea.runtime.Engine;
import dev.fovea.runtime.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Judges a quantized network, and takes layers back to float, the most sensitive first, until it is good enough. */
final class Fallback {

    private static final double LEAST_SPEED_UP = 1.1;
    private static final Duration SPEED_TIME = Duration.ofSeconds(2);
    private static final String SENSITIVE = "in integers it costs too much accuracy";

    private final Engine engine;
    private final Quantizer.Order order;
    private final Subject subject;
    private final List<TriedSetting> tried;
    private final Map<String, Double> sensitivity;

    /**
     * What is judged.
     *
     * @param original in 32-bit floats
     * @param input one picture, to measure speed with
     */
    record Subject(OnnxModel original, Prepared prepared, Setting setting, Tensor input) {

        OnnxModel quantized(Map<String, String> kept) {
            return prepared.quantized(setting, kept);
        }
    }

    Fallback(
            Engine engine,
            Quantizer.Order order,
            Subject subject,
            List<TriedSetting> tried,
            Map<String, Double> sensitivity) {
        this.engine = engine;
        this.order = order;
        this.subject = subject;
        this.tried = tried;
        this.sensitivity = sensitivity;
    }

    /** Ends when the network passes, or is too slow: more layers in float are slower still. The best of those tried. */
    Verdict verdict(Progress progress) {
        List<String> layers = sensitivity.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
        Map<String, String> kept = new LinkedHashMap<>();
        Verdict best = verdict(kept, speed(kept));
        boolean fast = isFast(best.report().speedUp());
        for (int back = 0; back < layers.size() && fast && best instanceof Verdict.Refused; back++) {
            progress.at("proof", back + 1, layers.size());
            kept.put(layers.get(back), SENSITIVE);
            SpeedUp speedUp = speed(kept);
            fast = isFast(speedUp);
            if (fast) {
                best = better(best, verdict(kept, speedUp));
            }
        }
        return best;
    }

    private static Verdict better(Verdict known, Verdict other) {
        boolean closer =
                other.report().judgement().loss() < known.report().judgement().loss();
        return other instanceof Verdict.Delivered || closer ? other : known;
    }

    private static boolean isFast(SpeedUp speedUp) {
        return speedUp.ratio().low() >= LEAST_SPEED_UP;
    }

    private SpeedUp speed(Map<String, String> kept) {
        return SpeedUp.measure(engine, subject.original(), subject.quantized(kept), subject.input(), SPEED_TIME);
    }

    private Verdict verdict(Map<String, String> kept, SpeedUp speedUp) {
        OnnxModel model = subject.quantized(kept);
        Judgement judgement = order.judge().judge(model);
        QuantizationReport report = new QuantizationReport(
                subject.prepared().table().pictures(),
                subject.setting().toString(),
                tried,
                layers(subject.prepared().plan(subject.setting(), kept), model),
                order.model().bytes().length,
                model.bytes().length,
                speedUp,
                judgement);
        return obstacle(report)
                .<Verdict>map(reason -> new Verdict.Refused(reason, report))
                .orElseGet(() -> new Verdict.Delivered(model, report));
    }

    private static Optional<String> obstacle(QuantizationReport report) {
        if (!report.judgement().passes()) {
            return Optional.of(report.judgement().sentence());
        }
        SpeedUp speedUp = report.speedUp();
        if (!isFast(speedUp)) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "INT8 runs %.2f times as fast as the original here (95 %% interval %.2f to %.2f), and less than %.1f times is not worth it: keep FP32.",
                    speedUp.ratio().value(),
                    speedUp.ratio().low(),
                    speedUp.ratio().high(),
                    LEAST_SPEED_UP));
        }
        return report.quantizedBytes() < report.originalBytes()
                ? Optional.empty()
                : Optional.of("INT8 would be no smaller: keep the original.");
    }

    private List<LayerReport> layers(QuantizationPlan plan, OnnxModel model) {
        FusionReport fusion = FusionReport.of(engine.optimised(model, Engine.Optimisation.RUN));
        List<LayerReport> layers = new ArrayList<>();
        for (NodeProto node : subject.prepared().graph().nodes()) {
            if (Rules.weighted(node).isPresent()) {
                String name = Layer.name(node);
                Optional<String> reason =
                        Optional.ofNullable(plan.inFloat().get(name)).or(() -> fusion.reason(name));
                layers.add(new LayerReport(
                        name, node.getOpType(), reason.isEmpty(), reason, Optional.ofNullable(sensitivity.get(name))));
            }
        }
        return layers;
    }
}
