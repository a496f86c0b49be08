/** Trainings that go on after their process was killed. */
@NullMarked
package dev.fovea.pipeline.resume;

import org.jspecify.annotations.NullMarked;
