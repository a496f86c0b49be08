/** Figures of logged predictions by the values that they are filtered by. */
@NullMarked
package dev.fovea.traffic.values;

import org.jspecify.annotations.NullMarked;
