package dev.fovea.monitoring.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.model.decoder.Task;
import dev.fovea.monitoring.drift.Drift;
import dev.fovea.monitoring.drift.detector.Block;
import dev.fovea.monitoring.drift.detector.DriftAlarm;
import dev.fovea.monitoring.sketch.Coordinate;
import dev.fovea.monitoring.sketch.ImageNumbers;
import dev.fovea.registry.VersionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DriftCourseTest {

    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final List<Coordinate> COORDINATES =
            ImageNumbers.of(Task.CLASSIFICATION, List.of("hole", "none")).coordinates();

    /** Blocks of 10 minutes and 100 images with this brightness and no other number. */
    private static Drift.StoredBlocks stored(int count, Duration apart, IntToDoubleFunction brightness) {
        return new Drift.StoredBlocks(
                new VersionId("shirts", 2),
                COORDINATES,
                IntStream.range(0, count)
                        .mapToObj(i -> block(START.plus(apart.multipliedBy(i)), 100, brightness.applyAsDouble(i)))
                        .toList());
    }

    private static Block block(Instant start, long images, double brightness) {
        double[] means = new double[COORDINATES.size()];
        Arrays.fill(means, Double.NaN);
        means[index("brightness")] = brightness;
        return new Block(start, start.plus(Duration.ofMinutes(10)), images, means);
    }

    private static int index(String name) {
        return IntStream.range(0, COORDINATES.size())
                .filter(j -> COORDINATES.get(j).name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static DriftAlarm alarm(Instant since) {
        return new DriftAlarm(
                since.plus(Duration.ofHours(5)),
                new DriftAlarm.Since(since, since.minus(Duration.ofMinutes(20)), since.plus(Duration.ofMinutes(20))),
                1000,
                10,
                List.of(),
                List.of());
    }

    @Test
    void shouldCompareTheBlocksSinceTheChangeWithThoseBeforeItsEarliestTime() {
        Duration apart = Duration.ofMinutes(10);
        Drift.StoredBlocks stored = stored(60, apart, i -> i < 48 ? 100 + i % 5 : i < 50 ? 60 : 80);

        DriftCourse course = DriftCourse.of(stored, Optional.of(alarm(START.plus(apart.multipliedBy(50)))));

        assertThat(course.step()).isEqualTo(apart);
        assertThat(course.times()).hasSize(60).startsWith(START);
        assertThat(course.measures()).singleElement().satisfies(measure -> {
            assertThat(measure.coordinate().name()).isEqualTo("brightness");
            MeasureCourse.QuietBand band = measure.quiet().orElseThrow();
            assertThat(band.usual()).isCloseTo(102, within(0.1));
            assertThat(band.low()).isCloseTo(100, within(0.01));
            assertThat(band.high()).isCloseTo(104, within(0.01));
            assertThat(measure.recent()).hasValue(80);
            assertThat(measure.values().get(49)).hasValue(60);
        });
    }

    @Test
    void shouldWeighBlocksOfAStretchByTheirImagesAndLeaveOutTimesWithoutTraffic() {
        Instant late = START.plus(Duration.ofDays(60));
        Drift.StoredBlocks stored = new Drift.StoredBlocks(
                new VersionId("shirts", 2),
                COORDINATES,
                List.of(
                        block(START, 100, 100),
                        block(START.plus(Duration.ofMinutes(10)), 300, 80),
                        block(late, 50, Double.NaN)));

        DriftCourse course = DriftCourse.of(stored, Optional.empty());

        assertThat(course.step()).isEqualTo(Duration.ofHours(12));
        assertThat(course.times()).containsExactly(START, late);
        MeasureCourse brightness = course.measures().getFirst();
        assertThat(brightness.values()).containsExactly(OptionalDouble.of(85), OptionalDouble.empty());
        assertThat(brightness.quiet()).as("too few blocks for a band").isEmpty();
        assertThat(brightness.recent()).as("no image of the last day has one").isEmpty();
    }

    @Test
    void shouldBeEmptyWithoutTraffic() {
        DriftCourse course = DriftCourse.of(stored(0, Duration.ofMinutes(10), i -> 0), Optional.empty());

        assertThat(course.times()).isEmpty();
        assertThat(course.measures()).isEmpty();
    }

    @Test
    void shouldHaveFewStretchesOverAYear() {
        DriftCourse course = DriftCourse.of(stored(365, Duration.ofDays(1), i -> i), Optional.empty());

        assertThat(course.times()).hasSizeLessThanOrEqualTo(DriftCourse.MOST);
    }
}
