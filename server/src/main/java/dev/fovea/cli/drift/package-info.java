/** {@code fovea drift}. */
@NullMarked
package dev.fovea.cli.drift;

import org.jspecify.annotations.NullMarked;
