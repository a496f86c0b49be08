/** Semantic masks as image files. */
@NullMarked
package dev.fovea.datasets.exchange.masks;

import org.jspecify.annotations.NullMarked;
