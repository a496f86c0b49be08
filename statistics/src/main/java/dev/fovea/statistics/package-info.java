/** Intervals, tests and calibration: pure mathematics, each with its source. */
@NullMarked
package dev.fovea.statistics;

import org.jspecify.annotations.NullMarked;
