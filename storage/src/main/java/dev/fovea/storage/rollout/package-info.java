/** Rollouts on SQL. */
@NullMarked
package dev.fovea.storage.rollout;

import org.jspecify.annotations.NullMarked;
