/** What is unlike the usual: Gaussians of features, thresholds with a stated false-alarm rate, ranking quality. */
@NullMarked
package dev.fovea.statistics.anomaly;

import org.jspecify.annotations.NullMarked;
