/** Anomaly detectors, against the same method in numpy and scikit-learn on the same features. */
@NullMarked
package dev.fovea.bench.anomaly;

import org.jspecify.annotations.NullMarked;
