package dev.fovea.traffic.truth;

import java.time.Instant;

/**
 * Labels that contradict those that stand for the same request. The first stand.
 *
 * @param stands the labels that are in force
 * @param refused those that are not
 * @param received when they came
 */
public record TruthConflict(String request, TrueLabels stands, TrueLabels refused, Instant received) {}
