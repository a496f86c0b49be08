/** Batches of images, and how images of one batch are blended. */
@NullMarked
package dev.fovea.training.batch;

import org.jspecify.annotations.NullMarked;
