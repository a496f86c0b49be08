package dev.fovea.remote.protocol;

/**
 * What a service said instead of an answer.
 *
 * @param text in its own words; may be empty, long, or hold secrets
 */
public record ErrorResponse(AttemptProblem problem, String text) {}
