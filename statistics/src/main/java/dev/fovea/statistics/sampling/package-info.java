/** Which items to label next: uncertainty and diversity. */
@NullMarked
package dev.fovea.statistics.sampling;

import org.jspecify.annotations.NullMarked;
