/** {@code fovea diagnose}. */
@NullMarked
package dev.fovea.cli.diagnosis;

import org.jspecify.annotations.NullMarked;
