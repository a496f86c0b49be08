/** Measures threads, instances and batch sizes on this machine. */
@NullMarked
package dev.fovea.runtime.tuning;

import org.jspecify.annotations.NullMarked;
