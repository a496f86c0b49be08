/** Searches settings: error, sensitivity, speed, and mixed-precision partitioning. */
@NullMarked
package dev.fovea.quantize.search;

import org.jspecify.annotations.NullMarked;
