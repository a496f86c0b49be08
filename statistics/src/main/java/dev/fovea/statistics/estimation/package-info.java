/**
 * How often a model is right where few or no labels are known: calibrated confidence under covariate shift, few labels
 * with many predictions, and when an estimate must not be trusted.
 */
@NullMarked
package dev.fovea.statistics.estimation;

import org.jspecify.annotations.NullMarked;
