/** {@code fovea backbones}. */
@NullMarked
package dev.fovea.cli.backbones;

import org.jspecify.annotations.NullMarked;
