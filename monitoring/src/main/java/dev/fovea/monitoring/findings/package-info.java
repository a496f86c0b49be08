/**
 * How right models are in production that find any number of things in an image: detectors, multi-label classifiers.
 */
@NullMarked
package dev.fovea.monitoring.findings;

import org.jspecify.annotations.NullMarked;
