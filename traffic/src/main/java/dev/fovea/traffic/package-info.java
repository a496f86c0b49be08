/** What is kept of traffic: a row for each prediction of an image, and images that a policy chooses. */
@NullMarked
package dev.fovea.traffic;

import org.jspecify.annotations.NullMarked;
