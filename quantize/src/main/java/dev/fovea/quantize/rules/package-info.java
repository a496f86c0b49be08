/** How each family of operators is quantized, with GPTQ rounding of weights. */
@NullMarked
package dev.fovea.quantize.rules;

import org.jspecify.annotations.NullMarked;
