/**
 * How right models are that find any number of things in an image: boxes of a detector, labels of a multi-label
 * classifier. Matching, precision and recall with labels, and precision without.
 */
@NullMarked
package dev.fovea.statistics.findings;

import org.jspecify.annotations.NullMarked;
