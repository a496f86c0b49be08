package dev.fovea.statistics.agreement;

import dev.fovea.statistics.Interval;
import java.util.Optional;

/**
 * How good an annotator is.
 *
 * @param annotator in [0, J)
 * @param labels that the annotator gave
 * @param accuracy share of these that are right by the consensus, with its interval; absent without labels to compare
 */
public record AnnotatorSkill(int annotator, int labels, Optional<Interval> accuracy) {}
