package dev.fovea.quantize.search;

import static dev.fovea.model.graph.GraphBuilder.BATCH;
import static dev.fovea.model.graph.GraphBuilder.integer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.quantize.Quantizer;
import dev.fovea.quantize.calibration.CalibrationTable;
import dev.fovea.quantize.calibration.Calibrator;
import dev.fovea.quantize.numeric.CalibrationChoice;
import dev.fovea.quantize.numeric.CalibrationMethod;
import dev.fovea.quantize.numeric.Coverage;
import dev.fovea.quantize.numeric.Scheme;
import dev.fovea.quantize.rewrite.Prepared;
import dev.fovea.quantize.rewrite.QuantizationSetting;
import dev.fovea.runtime.session.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Inputs from 0 to 255 in whole numbers are exact in U8, so that weights alone make the error. By numpy 2.4: {@code s =
 * abs(W).max(1, keepdims=True) / 64; Wq = rint(W / s) * s; sum((X @ W.T - X @ Wq.T)**2) / sum((X @ W.T)**2)}.
 */
class SensitivityTest {

    private static final List<Tensor> INPUTS = List.of(input(255, 0), input(0, 255), input(100, 50));

    @Test
    void shouldGiveTheErrorOfEachLayerAlone() {
        Engine engine = Engine.open();
        OnnxModel model = model();
        CalibrationTable table = new Calibrator(engine)
                .look(model, Quantizer.watched(new GraphIndex(model)), INPUTS, (step, done, of) -> {});
        QuantizationSetting setting = QuantizationSetting.usual(Coverage.ALL)
                .with(Scheme.U8S7)
                .with(CalibrationChoice.by(CalibrationMethod.MIN_MAX));
        List<String> progress = new ArrayList<>();
        Map<String, Double> found = Sensitivity.of(
                Prepared.of(model, model, table),
                setting,
                new QuantizationError(engine, model, INPUTS),
                (step, done, of) -> progress.add("%s %d/%d".formatted(step, done, of)));
        assertThat(found.keySet()).containsExactly("exact", "coarse");
        assertThat(found.get("exact")).isCloseTo(0, within(1e-10));
        assertThat(found.get("coarse")).isCloseTo(8.959289e-6, within(1e-8));
        assertThat(progress).containsExactly("sensitivity 1/2", "sensitivity 2/2");
    }

    private static OnnxModel model() {
        GraphBuilder graph = new GraphBuilder("layers");
        String x = graph.input("input", BATCH, 2);
        String exact = layer(graph, x, "exact", 1, 0, 0, 1);
        String coarse = layer(graph, exact, "coarse", 1, 0.3f, 0.3f, -1);
        return graph.output(coarse, BATCH, 2).build();
    }

    private static String layer(GraphBuilder graph, String x, String name, float... weights) {
        String kernel = graph.weights(name + ".w", List.of(2L, 2L), weights);
        return graph.node("Gemm", name, List.of(x, kernel), integer("transB", 1));
    }

    private static Tensor input(float... values) {
        return Tensor.of("input", new long[] {1, 2}, values);
    }
}
