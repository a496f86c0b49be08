package dev.fovea.bench.quantize;

import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.quantize.AcceptanceResult;
import dev.fovea.quantize.Evidence;
import dev.fovea.quantize.NetworkEvaluator;
import dev.fovea.quantize.Precision;
import dev.fovea.quantize.QuantizationResult;
import dev.fovea.quantize.Quantizer;
import dev.fovea.runtime.session.Engine;
import java.util.List;

/** INT8 without an evaluation of accuracy, for networks whose weights are random. */
public final class UnevaluatedQuantization {

    private static final NetworkEvaluator ACCEPTS =
            candidate -> new AcceptanceResult(true, 0, "not evaluated", List.of(), Evidence.none(0.5));

    private UnevaluatedQuantization() {}

    /** Refused only where INT8 is not faster. */
    public static QuantizationResult int8(Engine engine, OnnxModel network, List<Tensor> calibration) {
        return new Quantizer(engine)
                .quantize(
                        new Quantizer.QuantizerInput(network, calibration, ACCEPTS, ACCEPTS, Precision.INT8),
                        (step, done, of) -> {});
    }
}
