/** Sketches, alerts, live figures. */
@NullMarked
package dev.fovea.monitoring;

import org.jspecify.annotations.NullMarked;
