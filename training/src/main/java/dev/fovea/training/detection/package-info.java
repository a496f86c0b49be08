/** Trains detectors: augmented scenes, assignment of cells to objects, loss, and the steps of a training. */
@NullMarked
package dev.fovea.training.detection;

import org.jspecify.annotations.NullMarked;
