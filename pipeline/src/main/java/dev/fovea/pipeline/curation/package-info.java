/** Checks of curated data sets: wrong labels, near duplicates, leaks, images that do not belong. */
@NullMarked
package dev.fovea.pipeline.curation;

import org.jspecify.annotations.NullMarked;
