package dev.fovea.traffic.truth;

import dev.fovea.statistics.Interval;
import java.util.Optional;

/**
 * A business figure of one version.
 *
 * @param name of the figure
 * @param version that predicted
 * @param count of figures
 * @param sum of them
 * @param mean of them, with its 95 % interval; absent for fewer than two figures
 */
public record KpiSummary(String name, int version, int count, double sum, Optional<Interval> mean) {}
