/** The commands of {@code fovea shadow}. */
@NullMarked
package dev.fovea.cli.shadow;

import org.jspecify.annotations.NullMarked;
