/** Tensors as values: element types by the Open Inference Protocol's names, shapes, and bytes in memory. */
@NullMarked
package dev.fovea.model.tensor;

import org.jspecify.annotations.NullMarked;
