/** Integer types, ranges, scales, and the calibration methods that choose ranges. */
@NullMarked
package dev.fovea.quantize.numeric;

import org.jspecify.annotations.NullMarked;
