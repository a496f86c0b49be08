package dev.fovea.bench.quantize;

import dev.fovea.bench.BenchReport;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.quantize.LayerReport;
import dev.fovea.quantize.QuantizationReport;
import dev.fovea.runtime.session.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Networks with the shapes of published ones, FP32 against INT8, one image at a time on one thread, in turns. Weights
 * are random, so that only speed and size are meaningful.
 */
final class QuantizeBench {

    private static final int IMAGES = 16;
    private static final double BAR_SIZE = 0.27;

    private static final List<Case> CASES = List.of(
            new Case("resnet18", KnownNetworks::resnet18, 3.2),
            new Case("resnet50", KnownNetworks::resnet50, 3.2),
            new Case("mobilenetv2", KnownNetworks::mobilenetV2, 1.8),
            new Case("efficientnet-lite0", KnownNetworks::efficientnetLite0, 1.6),
            new Case("mobilenetv3-small", KnownNetworks::mobilenetV3Small, 0),
            new Case("vit-tiny", KnownNetworks::vitTiny, 0));

    private QuantizeBench() {}

    /** With a bar of 0 for whatever comes out. */
    private record Case(String name, Supplier<OnnxModel> network, double bar) {}

    /** {@code [NAME…]}: those networks only. */
    public static void main(String[] arguments) {
        List<String> wanted = Arrays.asList(arguments);
        BenchReport.machine();
        Engine engine = Engine.open();
        List<Tensor> images = images();
        for (Case each : CASES) {
            if (wanted.isEmpty() || wanted.contains(each.name())) {
                run(engine, each, images);
            }
        }
        BenchReport.machine();
    }

    private static void run(Engine engine, Case which, List<Tensor> images) {
        OnnxModel network = which.network().get();
        long start = System.nanoTime();
        QuantizationReport report =
                UnevaluatedQuantization.int8(engine, network, images).report();
        BenchReport.say("%n%s: quantized in %.0f s, %s"
                .formatted(which.name(), (System.nanoTime() - start) / 1e9, report.setting()));
        BenchReport.say("  %.2f against %.2f ms: %.2f times as fast (%.2f to %.2f), %d turns"
                .formatted(
                        report.speedUp().candidateMs(),
                        report.speedUp().baselineMs(),
                        report.speedUp().ratio().value(),
                        report.speedUp().ratio().low(),
                        report.speedUp().ratio().high(),
                        report.speedUp().turns()));
        BenchReport.say("  %d of %d layers in integers, error %.3f %%"
                .formatted(
                        report.integerLayers(),
                        report.layers().size(),
                        100 * report.tried().getFirst().error()));
        reasons(report).forEach((reason, layers) -> BenchReport.say("    %d in float: %s".formatted(layers, reason)));
        BenchReport.maximum("  size", report.bytes().ratio(), BAR_SIZE, " ×");
        BenchReport.minimum("  speed-up", report.speedUp().ratio().value(), which.bar(), " ×");
    }

    private static Map<String, Long> reasons(QuantizationReport report) {
        return report.layers().stream()
                .filter(layer -> !layer.integer())
                .map(LayerReport::reason)
                .map(reason -> reason.orElse(""))
                .collect(Collectors.groupingBy(reason -> reason, TreeMap::new, Collectors.counting()));
    }

    private static List<Tensor> images() {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        List<Tensor> images = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            float[] values = new float[3 * 224 * 224];
            for (int j = 0; j < values.length; j++) {
                values[j] = (float) random.nextGaussian();
            }
            images.add(Tensor.of("input", new long[] {1, 3, 224, 224}, values));
        }
        return images;
    }
}
