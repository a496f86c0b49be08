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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** By hand: 1,000 values, of which only the greatest, 100, has a weight. */
class RangeRefinementTest {

    private static final int WIDTH = 1000;

    private final Engine engine = Engine.open();

    /** The 99.9 % range ends at about 1, so that the output is 1 in place of 100: an error of (99 / 100)². */
    @Test
    void shouldWidenARangeThatClipsWhatTheOutputsNeed() {
        List<Tensor> inputs = List.of(input());
        OnnxModel model = chain(1, WIDTH);
        Prepared prepared = prepared(model, inputs);
        QuantizationError error = new QuantizationError(engine, model, inputs);
        QuantizationSetting start = setting(CalibrationMethod.PERCENTILE_99_9);
        assertThat(error.of(prepared.quantized(start, Map.of()))).isCloseTo(0.98, within(0.001));
        QuantizationSetting best =
                RangeRefinement.of(prepared, start, Map.of("layer1", 0.98), error, error, (step, done, of) -> {});
        assertThat(best.ranges().exceptions()).isEqualTo(Map.of("input", CalibrationMethod.MIN_MAX));
        assertThat(error.of(prepared.quantized(best, Map.of()))).isCloseTo(0, within(1e-9));
    }

    /** With weights of 1 and whole numbers from 0 to 255 nothing is lost, and nothing can be gained. */
    @Test
    void shouldKeepRangesThatAreExact() {
        assertThat(refined(new AtomicInteger()).ranges().exceptions()).isEmpty();
    }

    /** Layers 3 to 5 take what layers 2 to 4 give: 3 tensors, 5 methods each. */
    @Test
    void shouldTryTheTensorsOfTheThreeMostSensitiveLayers() {
        AtomicInteger tried = new AtomicInteger();
        refined(tried);
        assertThat(tried).hasValue(15);
    }

    private QuantizationSetting refined(AtomicInteger tried) {
        List<Tensor> inputs = List.of(
                Tensor.of("input", new long[] {1, 2}, new float[] {255, 0}),
                Tensor.of("input", new long[] {1, 2}, new float[] {40, 255}));
        OnnxModel model = chain(5, 2);
        QuantizationError error = new QuantizationError(engine, model, inputs);
        return RangeRefinement.of(
                prepared(model, inputs),
                setting(CalibrationMethod.MIN_MAX),
                Map.of("layer1", 0.1, "layer2", 0.2, "layer3", 0.3, "layer4", 0.4, "layer5", 0.5),
                error,
                error,
                (step, done, of) -> {
                    assertThat(step).isEqualTo("ranges");
                    assertThat(tried.incrementAndGet()).isEqualTo(done).isLessThanOrEqualTo(of);
                });
    }

    private Prepared prepared(OnnxModel model, List<Tensor> inputs) {
        CalibrationTable table = new Calibrator(engine)
                .look(model, Quantizer.watched(new GraphIndex(model)), inputs, (step, done, of) -> {});
        return Prepared.of(model, model, table);
    }

    private static QuantizationSetting setting(CalibrationMethod method) {
        return QuantizationSetting.usual(Coverage.ALL).with(Scheme.U8S7).with(CalibrationChoice.by(method));
    }

    private static Tensor input() {
        float[] values = new float[WIDTH];
        Arrays.fill(values, 1);
        values[0] = 100;
        return Tensor.of("input", new long[] {1, WIDTH}, values);
    }

    /** Layers with weights of 1: two values pass unchanged; of more, the first one passes. */
    private static OnnxModel chain(int layers, int width) {
        GraphBuilder graph = new GraphBuilder("chain");
        String x = graph.input("input", BATCH, width);
        int outputs = Math.min(width, 2);
        for (int i = 1; i <= layers; i++) {
            int inputs = i == 1 ? width : outputs;
            float[] kernel = new float[outputs * inputs];
            kernel[0] = 1;
            kernel[inputs + 1] = width == 2 ? 1 : 0;
            String weights = graph.weights("w" + i, List.of((long) outputs, (long) inputs), kernel);
            x = graph.node("Gemm", "layer" + i, List.of(x, weights), integer("transB", 1));
        }
        return graph.output(x, BATCH, outputs).build();
    }
}
