package dev.fovea.rollout;

import java.util.OptionalLong;

/**
 * What a guard lacks for the next step.
 *
 * @param guard its name
 * @param images how many more images of the candidate it would take, if the rest is like what was seen; empty where the
 *     candidate looks worse by the margin, or nothing was seen
 * @param text the same as a sentence
 */
public record GuardNeed(String guard, OptionalLong images, String text) {}
