package dev.fovea.traffic.truth;

import java.time.Instant;

/**
 * What was true of the image of a request.
 *
 * @param request the request's id
 * @param labels what the image shows
 * @param source who says so
 * @param received when it was said
 */
public record Truth(String request, TrueLabels labels, TruthSource source, Instant received) {}
