/** Simulated traffic, resampled from real images: false alarms and power of drift detection. */
@NullMarked
package dev.fovea.bench.drift;

import org.jspecify.annotations.NullMarked;
