package dev.fovea.traffic.truth;

/**
 * What became of the truth for a model since it has any.
 *
 * @param stored requests with true labels
 * @param joined those whose prediction was found
 * @param waiting those whose prediction was not found yet
 * @param conflicting labels that contradict others for the same request
 * @param repeated labels that were said before
 */
public record TruthCounts(long stored, long joined, long waiting, long conflicting, long repeated) {}
