package dev.fovea.monitoring.course;

import dev.fovea.monitoring.drift.Drift;
import dev.fovea.monitoring.drift.detector.Block;
import dev.fovea.monitoring.drift.detector.DriftAlarm;
import dev.fovea.monitoring.sketch.Coordinate;
import dev.fovea.registry.VersionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How the numbers of a version's images went over time.
 *
 * @param step length of the stretches
 * @param times beginnings of the stretches that have traffic, in their order
 * @param measures the numbers that have a test of their own and a value
 */
public record DriftCourse(VersionId version, Duration step, List<Instant> times, List<MeasureCourse> measures) {

    /** The most stretches. */
    static final int MOST = 180;

    /** Quiet blocks that a band needs. */
    static final int BAND = 20;

    private static final double OUTSIDE = 0.025;

    private static final List<Duration> STEPS = Stream.of(10, 30, 60, 180, 360, 720, 1440, 2880, 10_080)
            .map(Duration::ofMinutes)
            .toList();

    public DriftCourse {
        times = List.copyOf(times);
        measures = List.copyOf(measures);
    }

    /**
     * The course of stored blocks.
     *
     * @param alarm of the version; blocks from the earliest time of its change on are not quiet
     */
    public static DriftCourse of(Drift.StoredBlocks stored, Optional<DriftAlarm> alarm) {
        List<Block> blocks = stored.blocks();
        Duration step = step(blocks);
        TreeMap<Instant, List<Block>> stretches = new TreeMap<>();
        for (Block block : blocks) {
            stretches
                    .computeIfAbsent(floor(block.start(), step), absent -> new ArrayList<>())
                    .add(block);
        }
        List<Block> quiet = blocks.stream().filter(before(alarm)).toList();
        List<Block> recent = blocks.stream().filter(recent(blocks, alarm)).toList();
        List<MeasureCourse> measures = new ArrayList<>();
        for (int j = 0; j < stored.coordinates().size(); j++) {
            Coordinate coordinate = stored.coordinates().get(j);
            if (coordinate.aspect().single()) {
                MeasureCourse course = new MeasureCourse(
                        coordinate,
                        band(quiet, coordinate, j),
                        mean(recent, coordinate, j),
                        values(stretches, coordinate, j));
                if (course.values().stream().anyMatch(OptionalDouble::isPresent)) {
                    measures.add(course);
                }
            }
        }
        return new DriftCourse(stored.version(), step, List.copyOf(stretches.keySet()), measures);
    }

    private static List<OptionalDouble> values(Map<Instant, List<Block>> stretches, Coordinate coordinate, int j) {
        return stretches.values().stream()
                .map(blocks -> mean(blocks, coordinate, j))
                .toList();
    }

    /** The shortest step that gives few enough stretches. */
    private static Duration step(List<Block> blocks) {
        Duration span = blocks.isEmpty()
                ? Duration.ZERO
                : Duration.between(blocks.getFirst().start(), blocks.getLast().start());
        return STEPS.stream()
                .filter(step -> span.compareTo(step.multipliedBy(MOST - 1L)) <= 0)
                .findFirst()
                .orElse(STEPS.getLast());
    }

    private static Instant floor(Instant time, Duration step) {
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), step.toSeconds()) * step.toSeconds());
    }

    private static Predicate<Block> before(Optional<DriftAlarm> alarm) {
        return block -> alarm.map(known -> block.start().isBefore(known.since().earliest()))
                .orElse(true);
    }

    private static Predicate<Block> recent(List<Block> blocks, Optional<DriftAlarm> alarm) {
        Instant from = alarm.map(known -> known.since().likely())
                .orElseGet(() ->
                        blocks.isEmpty() ? Instant.MIN : blocks.getLast().end().minus(Duration.ofDays(1)));
        return block -> !block.start().isBefore(from);
    }

    private static Optional<MeasureCourse.QuietBand> band(List<Block> quiet, Coordinate coordinate, int j) {
        double[] means = quiet.stream()
                .mapToDouble(block -> block.means()[j])
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        OptionalDouble usual = mean(quiet, coordinate, j);
        if (means.length < BAND || usual.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new MeasureCourse.QuietBand(
                usual.getAsDouble(),
                coordinate.scale().plain(quantile(means, OUTSIDE)),
                coordinate.scale().plain(quantile(means, 1 - OUTSIDE))));
    }

    /** The quantile of sorted values, between two of them where it falls there. */
    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** Over all images of the blocks, in plain units. */
    private static OptionalDouble mean(List<Block> blocks, Coordinate coordinate, int j) {
        double images = 0;
        double sum = 0;
        for (Block block : blocks) {
            if (!Double.isNaN(block.means()[j])) {
                images += block.images();
                sum += block.images() * block.means()[j];
            }
        }
        return images == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(coordinate.scale().plain(sum / images));
    }
}
