/** Golden tests and trial runs: what a network's outputs hold, and that they stay the same. */
@NullMarked
package dev.fovea.runtime.validation;

import org.jspecify.annotations.NullMarked;
