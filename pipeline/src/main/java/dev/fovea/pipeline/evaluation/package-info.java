/** Evaluates and compares versions on labelled data, and records each image. */
@NullMarked
package dev.fovea.pipeline.evaluation;

import org.jspecify.annotations.NullMarked;
