/** Post-training quantization: calibration, rewriting to QDQ, and acceptance on test images. */
@NullMarked
package dev.fovea.quantize;

import org.jspecify.annotations.NullMarked;
