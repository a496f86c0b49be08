package dev.fovea.registry;

/**
 * What a rollback did.
 *
 * @param from the version that was production
 * @param to the version that is production again
 * @param model the model afterwards
 */
public record Rollback(int from, int to, RegisteredModel model) {}
