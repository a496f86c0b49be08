/** The reference of a version: its held-out images through the serving path, and the projection of its embedding. */
@NullMarked
package dev.fovea.pipeline.reference;

import org.jspecify.annotations.NullMarked;
