/** Train any ONNX graph. */
@NullMarked
package dev.fovea.training;

import org.jspecify.annotations.NullMarked;
