/** Annotated images on their way from or to the format of another tool, as values. */
@NullMarked
package dev.fovea.datasets.exchange.model;

import org.jspecify.annotations.NullMarked;
