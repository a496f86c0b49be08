/** Answer predictions for the world. */
@NullMarked
package dev.fovea.serving;

import org.jspecify.annotations.NullMarked;
