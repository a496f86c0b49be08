/** A description of an image in a few hundred numbers, made without a model. */
@NullMarked
package dev.fovea.imaging.descriptor;

import org.jspecify.annotations.NullMarked;
