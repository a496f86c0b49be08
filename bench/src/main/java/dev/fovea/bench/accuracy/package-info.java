/**
 * Coverage and width of intervals of accuracy, and when an estimate says not to trust it, on images with known labels.
 */
@NullMarked
package dev.fovea.bench.accuracy;

import org.jspecify.annotations.NullMarked;
