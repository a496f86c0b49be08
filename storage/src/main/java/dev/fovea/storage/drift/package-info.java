/** Sketches of traffic and the knowledge of drift detection on SQL. */
@NullMarked
package dev.fovea.storage.drift;

import org.jspecify.annotations.NullMarked;
