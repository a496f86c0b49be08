/** Geometry of annotations that readers and writers share. */
@NullMarked
package dev.fovea.datasets.exchange.shapes;

import org.jspecify.annotations.NullMarked;
