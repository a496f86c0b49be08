package dev.fovea.rollout.evidence;

import java.util.OptionalDouble;

/**
 * A guard's metric as it was seen.
 *
 * @param candidate its value; empty before there is one
 * @param reference of production, or the limit
 * @param images of the candidate that count
 * @param compared images of production that count; 0 with a limit
 */
public record GuardEstimate(OptionalDouble candidate, OptionalDouble reference, long images, long compared) {}
