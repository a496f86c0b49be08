/** Plans a quantized network and writes it. */
@NullMarked
package dev.fovea.quantize.rewrite;

import org.jspecify.annotations.NullMarked;
