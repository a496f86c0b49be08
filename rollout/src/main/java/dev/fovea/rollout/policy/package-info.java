/** What a rollout must show, and how fast it may go. */
@NullMarked
package dev.fovea.rollout.policy;

import org.jspecify.annotations.NullMarked;
