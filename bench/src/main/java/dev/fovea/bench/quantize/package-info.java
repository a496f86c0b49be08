/** Quantized networks, their speed and agreement. */
@NullMarked
package dev.fovea.bench.quantize;

import org.jspecify.annotations.NullMarked;
