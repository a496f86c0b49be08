/** A linear classifier as the last layer of a network. */
@NullMarked
package dev.fovea.model.head;

import org.jspecify.annotations.NullMarked;
