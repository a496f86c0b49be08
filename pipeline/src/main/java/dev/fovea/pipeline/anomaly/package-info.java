/** Anomaly detectors that learn from good images alone. */
@NullMarked
package dev.fovea.pipeline.anomaly;

import org.jspecify.annotations.NullMarked;
