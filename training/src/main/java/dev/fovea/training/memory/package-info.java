/** What a training needs of memory, and what there is. */
@NullMarked
package dev.fovea.training.memory;

import org.jspecify.annotations.NullMarked;
