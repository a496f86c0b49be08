/** {@code fovea traffic}. */
@NullMarked
package dev.fovea.cli.traffic;

import org.jspecify.annotations.NullMarked;
