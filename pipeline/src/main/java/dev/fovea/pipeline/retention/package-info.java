/** Images of traffic in data sets, and the truth that comes back from there. */
@NullMarked
package dev.fovea.pipeline.retention;

import org.jspecify.annotations.NullMarked;
