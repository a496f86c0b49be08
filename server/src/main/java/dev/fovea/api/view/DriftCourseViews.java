package dev.fovea.api.view;

import dev.fovea.monitoring.course.DriftCourse;
import dev.fovea.monitoring.course.MeasureCourse;
import dev.fovea.monitoring.drift.detector.DriftAlarm;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the API shows of how traffic went over time. */
public final class DriftCourseViews {

    private static final MathContext DIGITS = new MathContext(5);

    private DriftCourseViews() {}

    /**
     * How the numbers of a version's images went over time.
     *
     * @param stepMinutes length of the stretches
     * @param times beginnings of the stretches that have traffic
     * @param quietUntil when the quiet traffic of the bands ends; absent while all of it is quiet
     */
    @Schema(name = "DriftCourse")
    public record DriftCourseView(
            int version,
            long stepMinutes,
            List<String> times,
            Optional<String> quietUntil,
            List<MeasureCourseView> measures) {}

    /**
     * How one number went, in plain units.
     *
     * @param side {@code image}, {@code output} or {@code labels}
     * @param quiet where it lies in quiet traffic; absent with too little of that
     * @param recent its mean since the change of the alarm, or without one over the last day of traffic
     * @param values one for each of the times; null where no image has one
     */
    @Schema(name = "MeasureCourse")
    public record MeasureCourseView(
            String name,
            String unit,
            String side,
            Optional<QuietBandView> quiet,
            Optional<Double> recent,

            @ArraySchema(schema = @Schema(types = {"number", "null"}))
            List<Optional<Double>> values) {}

    /**
     * Where a number lies in quiet traffic.
     *
     * @param usual its mean
     * @param low 2.5 % of the quiet blocks are below
     * @param high 2.5 % of the quiet blocks are above
     */
    @Schema(name = "QuietBand")
    public record QuietBandView(double usual, double low, double high) {}

    /** The view of a course. */
    public static DriftCourseView of(DriftCourse course, Optional<DriftAlarm> alarm) {
        return new DriftCourseView(
                course.version().version(),
                course.step().toMinutes(),
                course.times().stream().map(Instant::toString).toList(),
                alarm.map(known -> known.since().earliest().toString()),
                course.measures().stream().map(DriftCourseViews::measure).toList());
    }

    private static MeasureCourseView measure(MeasureCourse course) {
        return new MeasureCourseView(
                course.coordinate().name(),
                course.coordinate().unit(),
                course.coordinate().aspect().label(),
                course.quiet()
                        .map(band ->
                                new QuietBandView(rounded(band.usual()), rounded(band.low()), rounded(band.high()))),
                present(course.recent()).map(DriftCourseViews::rounded),
                course.values().stream()
                        .map(value -> present(value).map(DriftCourseViews::rounded))
                        .toList());
    }

    /** Five significant digits, of which a chart shows three. */
    private static double rounded(double value) {
        return value == 0 ? 0 : new BigDecimal(value).round(DIGITS).doubleValue();
    }

    private static Optional<Double> present(OptionalDouble value) {
        return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }
}
