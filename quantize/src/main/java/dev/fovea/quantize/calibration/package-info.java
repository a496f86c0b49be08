/** Statistics of activations on calibration images, and what is corrected by them. */
@NullMarked
package dev.fovea.quantize.calibration;

import org.jspecify.annotations.NullMarked;
