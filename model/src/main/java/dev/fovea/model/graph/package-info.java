/** ONNX graphs as values: index, edits, builder, folding and conversions. */
@NullMarked
package dev.fovea.model.graph;

import org.jspecify.annotations.NullMarked;
