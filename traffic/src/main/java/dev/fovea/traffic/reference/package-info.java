/** What a version predicts for held-out images, to compare traffic with. */
@NullMarked
package dev.fovea.traffic.reference;

import org.jspecify.annotations.NullMarked;
