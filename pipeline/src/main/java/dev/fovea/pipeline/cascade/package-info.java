/** Plans cascades: from labelled images to the confidence below which a larger model answers. */
@NullMarked
package dev.fovea.pipeline.cascade;

import org.jspecify.annotations.NullMarked;
