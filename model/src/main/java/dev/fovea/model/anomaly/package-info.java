/** Graphs that say how unlike its good images an image is, and where: a backbone's feature maps, and what follows. */
@NullMarked
package dev.fovea.model.anomaly;

import org.jspecify.annotations.NullMarked;
