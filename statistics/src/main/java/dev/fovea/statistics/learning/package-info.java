/** How accuracy grows with the number of images, and what no number of images exceeds. */
@NullMarked
package dev.fovea.statistics.learning;

import org.jspecify.annotations.NullMarked;
