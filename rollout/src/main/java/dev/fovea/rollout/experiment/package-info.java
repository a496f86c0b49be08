/** Experiments: traffic shared out over versions, and what business figures say about them. */
@NullMarked
package dev.fovea.rollout.experiment;

import org.jspecify.annotations.NullMarked;
