/** What was counted of both versions, and how strongly it speaks for or against the candidate. */
@NullMarked
package dev.fovea.rollout.evidence;

import org.jspecify.annotations.NullMarked;
