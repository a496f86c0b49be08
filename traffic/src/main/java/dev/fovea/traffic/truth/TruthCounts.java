package dev.fovea.traffic.truth;

/**
 * What became of the truth for a model since it has any.
 *
 * @param stored requests with true labels
 * @param joined those whose prediction was found
 * @param waiting those that are not joined
 * @param conflicting labels that contradict others for the same request
 * @param repeated labels that were said before
 * @param ambiguous waiting ones whose request's id stands for several predictions that differ
 */
public record TruthCounts(long stored, long joined, long waiting, long conflicting, long repeated, long ambiguous) {}
