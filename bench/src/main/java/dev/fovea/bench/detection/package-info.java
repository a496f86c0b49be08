/** Detectors that are trained from images with boxes. */
@NullMarked
package dev.fovea.bench.detection;

import org.jspecify.annotations.NullMarked;
