/** Runs of trainings, and what trainings start from, over HTTP. */
@NullMarked
package dev.fovea.api.training;

import org.jspecify.annotations.NullMarked;
