package dev.fovea.quantize.rewrite;

import dev.fovea.quantize.numeric.Affine;
import dev.fovea.quantize.numeric.Scheme;
import dev.fovea.quantize.rules.Refinement;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is quantized and how: everything that the {@link Rewriter} needs to know beside the graph.
 *
 * @param scheme which integers
 * @param activations tensors that become integers, by name
 * @param weighted layers whose weights become integers
 * @param saturated Relu and Clip operators that go, by what they give: what gives it in their place
 * @param refinements of layers' weights
 * @param inFloat layers with weights that stay in float, and why
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
