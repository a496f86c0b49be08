package dev.fovea.serving.shadow;

import java.time.Instant;
import java.util.Optional;

/**
 * One image for which the two versions predict different things.
 *
 * @param at when it was predicted
 * @param requestId id of the request
 * @param difference what differs
 * @param image SHA-256 of the kept image in the shadow's data set; empty when it was not kept
 */
public record ShadowDifference(Instant at, String requestId, PredictionDifference difference, Optional<String> image) {}
