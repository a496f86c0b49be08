/** Which labels of a data set are probably wrong, how many, and how many images to review: mathematics only. */
@NullMarked
package dev.fovea.statistics.labelerrors;

import org.jspecify.annotations.NullMarked;
