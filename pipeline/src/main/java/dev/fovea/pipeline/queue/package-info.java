/** Jobs: queued, run, cancelled and kept on record. */
@NullMarked
package dev.fovea.pipeline.queue;

import org.jspecify.annotations.NullMarked;
