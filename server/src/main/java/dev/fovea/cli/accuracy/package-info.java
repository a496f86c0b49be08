/** {@code fovea truth} and {@code fovea accuracy}: true labels, and how right models are in production. */
@NullMarked
package dev.fovea.cli.accuracy;

import org.jspecify.annotations.NullMarked;
