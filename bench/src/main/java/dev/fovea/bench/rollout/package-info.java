/** Rollouts over drawn traffic, how often they decide wrongly and how many images it takes; rollbacks under load. */
@NullMarked
package dev.fovea.bench.rollout;

import org.jspecify.annotations.NullMarked;
