package dev.fovea.quantize.rewrite;

import static dev.fovea.model.graph.GraphBuilder.BATCH;
import static dev.fovea.model.graph.GraphBuilder.ints;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.quantize.Networks;
import dev.fovea.quantize.Quantizer;
import dev.fovea.quantize.calibration.CalibrationTable;
import dev.fovea.quantize.calibration.Calibrator;
import dev.fovea.quantize.numeric.Coverage;
import dev.fovea.runtime.session.Engine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By hand, after what each coverage names: which tensors are integers. */
class CoverageTest {

    /** The Sigmoid lies between layers, the MaxPool only moves numbers, the mean follows the last layer. */
    @ParameterizedTest
    @CsvSource({
        "ALL, input a moved gate sum b, 'U8×S8, all operators, ranges per tensor'",
        "POOLED, input a moved gate sum b mean, 'U8×S8, all operators and the last mean, ranges per tensor'",
        "LAYERS, input a moved sum b, 'U8×S8, layers only, ranges per tensor'"
    })
    void shouldQuantizeTheNamedPart(Coverage coverage, String tensors, String words) {
        GraphBuilder graph = new GraphBuilder("covered");
        String a = Networks.convolution(graph, graph.input("input", BATCH, 3, 8, 8), "a", 3, 4, 3, 1);
        String moved = graph.node("MaxPool", "moved", List.of(a), ints("kernel_shape", 2, 2), ints("strides", 2, 2));
        String sum = graph.node("Add", "sum", List.of(graph.node("Sigmoid", "gate", List.of(moved)), moved));
        String mean =
                graph.node("GlobalAveragePool", "mean", List.of(Networks.convolution(graph, sum, "b", 4, 4, 3, 1)));
        OnnxModel model = graph.output(mean, BATCH, 4, 1, 1).build();
        CalibrationTable table = new Calibrator(Engine.open())
                .look(
                        model,
                        Quantizer.watched(new GraphIndex(model)),
                        Networks.inputs(2, 3, 8),
                        (step, done, of) -> {});
        QuantizationSetting setting = QuantizationSetting.usual(coverage);
        assertThat(Prepared.of(model, model, table).plan(setting, Map.of()).activations())
                .containsOnlyKeys(tensors.split(" "));
        assertThat(setting).hasToString(words);
    }
}
