package dev.fovea.traffic;

/**
 * What became of the responses to requests for a model since the start.
 *
 * @param taken responses that were taken in
 * @param dropped responses that were left out because too many waited
 * @param imagesDropped images that no retention policy saw because too many bytes waited
 */
public record StreamCounts(long taken, long dropped, long imagesDropped) {}
