/** Quantizes a registered version and evaluates candidates through the serving path. */
@NullMarked
package dev.fovea.pipeline.quantization;

import org.jspecify.annotations.NullMarked;
