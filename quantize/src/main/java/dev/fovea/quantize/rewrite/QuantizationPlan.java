package dev.fovea.quantize.rewrite;

import dev.fovea.quantize.numeric.Affine;
import dev.fovea.quantize.numeric.Scheme;
import dev.fovea.quantize.rules.Refinement;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The plan for the {@link Rewriter}.
 *
 * @param scheme integer types
 * @param activations quantized tensors, by name
 * @param weighted layers with quantized weights
 * @param saturated removed Relu and Clip operators: replacement by output name
 * @param refinements rounding and bias per layer
 * @param inFloat layers with weights that stay in float, with reasons
 */
public record QuantizationPlan(
        Scheme scheme,
        Map<String, Affine> activations,
        Set<String> weighted,
        Map<String, String> saturated,
        Map<String, Refinement> refinements,
        Map<String, String> inFloat) {

    public Optional<Affine> activation(String tensor) {
        return Optional.ofNullable(activations.get(tensor));
    }
}
