/** The commands of {@code fovea rollout}. */
@NullMarked
package dev.fovea.cli.rollout;

import org.jspecify.annotations.NullMarked;
