/** Differentiable ONNX operators on the autograd engine, and which graphs they suffice for. */
@NullMarked
package dev.fovea.training.operator;

import org.jspecify.annotations.NullMarked;
