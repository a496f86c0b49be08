package dev.fovea.monitoring.course;

import dev.fovea.monitoring.sketch.Coordinate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How one number of the images went over time, in plain units.
 *
 * @param coordinate which number
 * @param quiet where it lies in quiet traffic; empty with too little of that
 * @param recent its mean since the alarm's change, or without an alarm over the last day of traffic
 * @param values one for each stretch of the {@link DriftCourse}; empty where no image has one
 */
public record MeasureCourse(
        Coordinate coordinate, Optional<QuietBand> quiet, OptionalDouble recent, List<OptionalDouble> values) {

    public MeasureCourse {
        values = List.copyOf(values);
    }

    /**
     * Where a number lies in quiet traffic.
     *
     * @param usual its mean
     * @param low 2.5 % of the quiet blocks are below
     * @param high 2.5 % of the quiet blocks are above
     */
    public record QuietBand(double usual, double low, double high) {}
}
