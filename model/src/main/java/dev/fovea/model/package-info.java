/** An ONNX model as a value. */
@NullMarked
package dev.fovea.model;

import org.jspecify.annotations.NullMarked;
