/** The embedding that is served beside the outputs: where it lies in a graph, and its projection to a few numbers. */
@NullMarked
package dev.fovea.model.embedding;

import org.jspecify.annotations.NullMarked;
