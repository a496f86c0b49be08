/** Evaluation of models. */
@NullMarked
package dev.fovea.evaluation;

import org.jspecify.annotations.NullMarked;
