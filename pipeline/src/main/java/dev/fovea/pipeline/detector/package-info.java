/** Trains detectors from images with boxes: what they start from, what they learn from, and what they are worth. */
@NullMarked
package dev.fovea.pipeline.detector;

import org.jspecify.annotations.NullMarked;
