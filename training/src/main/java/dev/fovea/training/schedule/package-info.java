/** How a training goes from its first step to its last: rates and the number of steps. */
@NullMarked
package dev.fovea.training.schedule;

import org.jspecify.annotations.NullMarked;
