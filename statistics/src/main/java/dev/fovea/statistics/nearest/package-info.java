/** Classifiers without a fit, by the distance to known rows: the baselines of a fitted one. */
@NullMarked
package dev.fovea.statistics.nearest;

import org.jspecify.annotations.NullMarked;
