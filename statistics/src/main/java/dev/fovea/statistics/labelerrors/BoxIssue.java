package dev.fovea.statistics.labelerrors;

import java.util.OptionalInt;

/**
 * A box that is probably labelled wrongly.
 *
 * @param image index
 * @param given index among the image's given boxes; empty when the object was overlooked
 * @param predicted index among the image's predicted boxes; empty when the given box is spurious
 * @param suspicion in (0, 1]; comparable within a kind
 */
public record BoxIssue(BoxIssueKind kind, int image, OptionalInt given, OptionalInt predicted, double suspicion) {}
