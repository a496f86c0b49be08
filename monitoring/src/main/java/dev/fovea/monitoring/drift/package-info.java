/** Whether a model's traffic has changed: what is watched, stored, asked and said of it. */
@NullMarked
package dev.fovea.monitoring.drift;

import org.jspecify.annotations.NullMarked;
