package dev.fovea.remote.protocol;

/**
 * A service's error response.
 *
 * @param text in its own words; may be empty, long, or hold secrets
 */
public record ErrorResponse(AttemptProblem problem, String text) {}
