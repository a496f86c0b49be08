/** Dynamic batching: admission, the request queue, instances, and what a batch costs. */
@NullMarked
package dev.fovea.runtime.batching;

import org.jspecify.annotations.NullMarked;
