/** Jobs: queued, run, cancelled and recorded. */
@NullMarked
package dev.fovea.pipeline.queue;

import org.jspecify.annotations.NullMarked;
