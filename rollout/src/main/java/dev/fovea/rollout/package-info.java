/** Staged rollouts of model versions that are decided by evidence. */
@NullMarked
package dev.fovea.rollout;

import org.jspecify.annotations.NullMarked;
