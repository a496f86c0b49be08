/** Adds operators to the end of a foreign graph. */
@NullMarked
package dev.fovea.model.extension;

import org.jspecify.annotations.NullMarked;
