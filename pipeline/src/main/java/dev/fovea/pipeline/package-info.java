/** Durable jobs that run the loop. */
@NullMarked
package dev.fovea.pipeline;

import org.jspecify.annotations.NullMarked;
