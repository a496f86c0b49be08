/** Learned weights for backbones: the catalogue, fetching, and the import of checkpoints with its proof. */
@NullMarked
package dev.fovea.pipeline.weights;

import org.jspecify.annotations.NullMarked;
