/** {@code fovea advise}. */
@NullMarked
package dev.fovea.cli.advice;

import org.jspecify.annotations.NullMarked;
