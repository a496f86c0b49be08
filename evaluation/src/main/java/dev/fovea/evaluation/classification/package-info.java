/** Scores, reports and paired comparison of classifiers. */
@NullMarked
package dev.fovea.evaluation.classification;

import org.jspecify.annotations.NullMarked;
