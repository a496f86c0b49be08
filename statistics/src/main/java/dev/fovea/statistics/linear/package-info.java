/** Linear models: multinomial logistic regression, cross-validation and out-of-fold probabilities. */
@NullMarked
package dev.fovea.statistics.linear;

import org.jspecify.annotations.NullMarked;
