package dev.fovea.quantize;

import dev.fovea.quantize.search.QuantizationError;
import java.util.Optional;

/**
 * What became of one layer with weights.
 *
 * @param name as in the graph
 * @param operator its type
 * @param integer whether it runs in integers, by the graph that the runtime makes
 * @param reason why it does not
 * @param sensitivity the {@linkplain QuantizationError error} of the outputs when it alone is quantized
 */
public record LayerReport(
        String name, String operator, boolean integer, Optional<String> reason, Optional<Double> sensitivity) {}
