/** {@code fovea runs}: trainings on record. */
@NullMarked
package dev.fovea.cli.runs;

import org.jspecify.annotations.NullMarked;
