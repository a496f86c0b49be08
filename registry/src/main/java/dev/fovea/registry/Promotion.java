package dev.fovea.registry;

import java.time.Instant;

/**
 * One step of a model's production history.
 *
 * @param version what became production
 * @param at when; kept when a rollback returns to this step
 */
public record Promotion(int version, Instant at) {}
