package dev.fovea.pipeline.diagnosis;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.learning.LearningCurve;
import java.util.List;
import java.util.Optional;

/**
 * A learning curve as numbers.
 *
 * @param points measured, ascending
 * @param error {@code floor + scale · n^-exponent} with n images of each class
 * @param expected the score with twice, four and ten times the images
 * @param limit the score that any number of images of this kind stays below
 * @param needed images of each class that the target needs; empty where a hundred times as many do not reach it
 */
public record CurveFigures(
        List<CurvePoint> points,
        CurveLaw error,
        List<CurvePoint> expected,
        Interval limit,
        Optional<NeededImages> needed) {

    /** So many times the images are worth a look; beyond, the law is not to be trusted. */
    static final double FEASIBLE = 100;

    private static final List<Integer> TIMES = List.of(2, 4, 10);

    public CurveFigures {
        points = List.copyOf(points);
        expected = List.copyOf(expected);
        needed = needed == null ? Optional.empty() : needed;
    }

    /** A score with a number of images of each class, on average. */
    public record CurvePoint(double imagesPerClass, Interval score) {}

    /** The law that was fitted. */
    public record CurveLaw(double floor, double scale, double exponent) {}

    /**
     * Images of each class that a target needs, at 95 % confidence.
     *
     * @param least the lower end
     * @param expected by the fitted law; empty where it does not reach the target
     * @param most the upper end; empty where it has none within a hundred times the images
     */
    public record NeededImages(double least, Optional<Double> expected, Optional<Double> most) {
        public NeededImages {
            expected = expected == null ? Optional.empty() : expected;
            most = most == null ? Optional.empty() : most;
        }
    }

    /**
     * The figures of a curve.
     *
     * @param imagesPerClass that there are
     */
    static CurveFigures of(LearningCurve curve, double imagesPerClass, double minimum) {
        double feasible = FEASIBLE * imagesPerClass;
        return new CurveFigures(
                curve.points().stream()
                        .map(point -> new CurvePoint(point.images(), point.score()))
                        .toList(),
                new CurveLaw(
                        curve.law().floor(), curve.law().scale(), curve.law().exponent()),
                TIMES.stream()
                        .map(times -> new CurvePoint(times * imagesPerClass, curve.at(times * imagesPerClass)))
                        .toList(),
                curve.limit(),
                curve.needed(minimum)
                        .filter(needed -> needed.least() <= feasible)
                        .map(needed -> new NeededImages(
                                needed.least(),
                                needed.expected().filter(each -> each <= feasible),
                                needed.most().filter(each -> each <= feasible))));
    }
}
