/** {@code fovea objectives}. */
@NullMarked
package dev.fovea.cli.objectives;

import org.jspecify.annotations.NullMarked;
