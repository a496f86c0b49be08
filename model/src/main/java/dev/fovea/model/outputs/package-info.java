/** What a network's outputs hold, decided from the graph and from trial runs. */
@NullMarked
package dev.fovea.model.outputs;

import org.jspecify.annotations.NullMarked;
