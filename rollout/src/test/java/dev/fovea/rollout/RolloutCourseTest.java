package dev.fovea.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.rollout.RolloutDecisionTest.Scene;
import dev.fovea.rollout.evidence.GuardPoint;
import dev.fovea.rollout.policy.GuardMetric;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people see of how a guard went. */
class RolloutCourseTest {

    private static final Duration DAYS = Duration.ofDays(30);

    private static RandomGenerator random(int seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    @ParameterizedTest
    @EnumSource(Scene.class)
    void shouldHaveIntervalsThatHoldTheMetricAtEachPoint(Scene scene) {
        DrawnRollout drawn = new DrawnRollout(
                DrawnRollout.policy(List.of(25.0, 100.0), DAYS, scene.guard), scene.good, scene.good, random(11));

        List<GuardPoint> course = drawn.run().evidence().guards().getFirst().course();

        double metric = metric(scene);
        assertThat(course).hasSizeGreaterThan(1).allSatisfy(point -> {
            point.intervals()
                    .candidate()
                    .ifPresent(interval -> assertThat(interval.contains(metric))
                            .as("%s after %d images", interval, point.images())
                            .isTrue());
            point.intervals()
                    .reference()
                    .ifPresent(interval -> assertThat(interval.contains(metric))
                            .as("%s of production after %d images", interval, point.images())
                            .isTrue());
        });
        assertThat(course).extracting(GuardPoint::images).isSorted();
        boolean isPercentile = scene.guard.metric() == GuardMetric.P99;
        assertThat(isPercentile || course.getLast().intervals().candidate().isPresent())
                .as("only a percentile has no upper bound for some hundred images")
                .isTrue();
        assertThat(course.getLast().intervals().reference().isPresent())
                .as("a limit has no interval")
                .isEqualTo(scene.guard.limit().isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Scene.class)
    void shouldBeReadBackAsItWasStored(Scene scene) {
        DrawnRollout drawn = new DrawnRollout(
                DrawnRollout.policy(List.of(50.0, 100.0), DAYS, scene.guard), scene.good, scene.good, random(12));
        drawn.turn();
        drawn.turn();
        StagedRollout before = drawn.rollout();

        drawn.restart();

        assertThat(drawn.rollout()).isEqualTo(before);
        assertThat(before.evidence().guards().getFirst().course()).isNotEmpty();
    }

    /** What the good version of a scene is drawn with. */
    private static double metric(Scene scene) {
        return switch (scene) {
            case ERRORS -> 0.01;
            case ERRORS_LIMIT -> 0.015;
            case P99, P99_LIMIT -> 50 * Math.exp(0.4 * 2.326_347_874);
            case CONFIDENCE, ACCURACY -> 0.9;
            case FIGURE, UNBOUNDED -> 4;
        };
    }
}
