package dev.fovea.remote;

/**
 * What a service said instead of an answer.
 *
 * @param text in its own words; may be empty, long, or hold secrets
 */
record ErrorResponse(AttemptProblem trouble, String text) {}
