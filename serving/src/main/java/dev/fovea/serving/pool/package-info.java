/** Loaded versions: which one serves a request, how it is loaded, swapped and retired. */
@NullMarked
package dev.fovea.serving.pool;

import org.jspecify.annotations.NullMarked;
