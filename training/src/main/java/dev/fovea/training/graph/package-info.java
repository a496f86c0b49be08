/** An ONNX graph as a trainable network: operators on the autograd engine. */
@NullMarked
package dev.fovea.training.graph;

import org.jspecify.annotations.NullMarked;
