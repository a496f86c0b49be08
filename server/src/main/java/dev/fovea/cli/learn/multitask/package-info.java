/** {@code fovea train --task}: one model for several label sets. */
@NullMarked
package dev.fovea.cli.learn.multitask;

import org.jspecify.annotations.NullMarked;
