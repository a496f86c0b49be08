/** Images of traffic that a model's policy keeps: a random sample, the most uncertain and the most novel ones. */
@NullMarked
package dev.fovea.traffic.retention;

import org.jspecify.annotations.NullMarked;
