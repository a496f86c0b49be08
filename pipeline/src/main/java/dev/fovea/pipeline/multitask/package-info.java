/** Classifiers that do several tasks on one backbone: a label per image for each of several label sets. */
@NullMarked
package dev.fovea.pipeline.multitask;

import org.jspecify.annotations.NullMarked;
