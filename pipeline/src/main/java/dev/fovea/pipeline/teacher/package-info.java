/** Distillation: registered classifiers whose predictions of the training images are targets beside the labels. */
@NullMarked
package dev.fovea.pipeline.teacher;

import org.jspecify.annotations.NullMarked;
