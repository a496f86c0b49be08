package dev.fovea.pipeline.multitask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.evaluation.classification.Comparison;
import dev.fovea.evaluation.classification.Comparison.Verdict;
import dev.fovea.evaluation.classification.Scored;
import dev.fovea.evaluation.classification.ScoredImages;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskComparisonTest {

    private static final int IMAGES = 100;

    @Test
    void shouldBeWorseIfOneTaskIsHoweverMuchBetterAnotherOneIs() {
        TaskComparison both = of(Map.of("colour", compared(40, 95), "cut", compared(90, 70)));
        assertThat(both.verdict()).isEqualTo(Verdict.WORSE);
        assertThat(both.sentences().getFirst()).contains("worse for a task");
    }

    @Test
    void shouldBeBetterIfOneTaskIsAndNoneIsWorse() {
        assertThat(of(Map.of("colour", compared(40, 95), "cut", compared(90, 90)))
                        .verdict())
                .isEqualTo(Verdict.BETTER);
    }

    @Test
    void shouldNotBeBetterByWhatOneOfManyTasksShowsByChance() {
        Comparison slightly = compared(90, 95); // p = 0.031
        assertThat(slightly.verdict()).isEqualTo(Verdict.BETTER);

        TaskComparison tasks = of(Map.of("colour", slightly, "cut", compared(90, 90), "fit", compared(90, 90)));

        assertThat(tasks.verdict()).isEqualTo(Verdict.NO_DIFFERENCE_SHOWN);
    }

    private static TaskComparison of(Map<String, Comparison> tasks) {
        return TaskComparison.of(1, tasks, Map.of(), 0);
    }

    private static Comparison compared(int baselineRight, int candidateRight) {
        return Comparison.of(scored(baselineRight), scored(candidateRight));
    }

    /** The first images are right. */
    private static ScoredImages scored(int right) {
        return new ScoredImages(
                List.of("no", "yes"),
                IntStream.range(0, IMAGES)
                        .mapToObj(image -> new Scored(
                                1, image < right ? new double[] {0, 1} : new double[] {1, 0}, "image " + image))
                        .toList(),
                List.of());
    }
}
