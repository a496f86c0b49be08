package dev.fovea.traffic;

import dev.fovea.runtime.session.Timings;

/**
 * Where the time of a prediction went, in nanoseconds.
 *
 * @param stages of the network's run; all zero for a cached prediction but for what it waited
 * @param total from the request's arrival to its response
 */
public record ResponseTimes(Timings stages, long total) {}
