package dev.fovea.serving.pool;

/**
 * Instances that made no progress within the stall timeout.
 *
 * @param replaced by fresh ones
 * @param missing given up and not replaced yet
 */
public record StalledInstances(int replaced, int missing) {}
