/** Plans cascades: computes the confidence threshold from labelled images. */
@NullMarked
package dev.fovea.pipeline.cascade;

import org.jspecify.annotations.NullMarked;
