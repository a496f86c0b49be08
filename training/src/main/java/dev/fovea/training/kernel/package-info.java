/** Kernels of the engine that its Java interface lacks, reached through a script that is written here. */
@NullMarked
package dev.fovea.training.kernel;

import org.jspecify.annotations.NullMarked;
