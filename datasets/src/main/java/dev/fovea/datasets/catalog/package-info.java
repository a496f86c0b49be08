/** Curated data sets: images with tags, splits and annotations, and their versions. */
@NullMarked
package dev.fovea.datasets.catalog;

import org.jspecify.annotations.NullMarked;
