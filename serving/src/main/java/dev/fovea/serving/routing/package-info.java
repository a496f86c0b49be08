/** Cascades, fallbacks and remote inference in front of the model pool. */
@NullMarked
package dev.fovea.serving.routing;

import org.jspecify.annotations.NullMarked;
