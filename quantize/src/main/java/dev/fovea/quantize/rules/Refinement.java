package dev.fovea.quantize.rules;

import dev.fovea.quantize.numeric.IntegerType;
import java.util.Optional;

/**
 * What is done for the weights of one layer beyond rounding them to the nearest integers.
 *
 * @param moments by which roundings make up for each other, if they are to
 * @param shift added to the bias, one number for each output; empty for none
 */
public record Refinement(Optional<InputHessian> moments, double[] shift) {

    /** Nothing. */
    public static final Refinement NONE = new Refinement(Optional.empty(), new double[0]);

    public Optional<GptqRounding> rounding(IntegerType type) {
        return moments.map(each -> each.rounding(type));
    }
}
