package dev.fovea.pipeline.multitask;

import dev.fovea.evaluation.classification.Comparison;
import dev.fovea.evaluation.classification.Comparison.Verdict;
import dev.fovea.evaluation.classification.ScoredImages;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A new version against the one in production, task by task, on the same test images.
 *
 * @param production number of the version
 * @param tasks production is the baseline; empty where the two cannot be compared
 * @param scored predictions of production, by task
 * @param leftOut number of test images that production learned from
 * @param sentences the results, or the reason why there are none; one or more
 */
public record TaskComparison(
        int production,
        Map<String, Comparison> tasks,
        Map<String, ScoredImages> scored,
        int leftOut,
        List<String> sentences) {

    public TaskComparison {
        tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
        scored = Collections.unmodifiableMap(new LinkedHashMap<>(scored));
        sentences = List.copyOf(sentences);
    }

    /** Of versions that cannot be compared. */
    static TaskComparison none(int production, String why) {
        return new TaskComparison(
                production,
                Map.of(),
                Map.of(),
                0,
                List.of("Not compared with version %d in production: %s".formatted(production, why)));
    }

    /** Of versions of the same tasks. */
    static TaskComparison of(
            int production, Map<String, Comparison> tasks, Map<String, ScoredImages> scored, int leftOut) {
        List<String> sentences = new ArrayList<>();
        sentences.add("Against version %d in production: %s.%s"
                .formatted(
                        production,
                        switch (verdict(tasks)) {
                            case BETTER -> "better for a task and shown to be worse for none";
                            case WORSE -> "worse for a task";
                            case NO_DIFFERENCE_SHOWN -> "no difference shown for any task";
                        },
                        leftOut == 0
                                ? ""
                                : " %d test images are left out: version %d learned from them."
                                        .formatted(leftOut, production)));
        tasks.forEach((task, comparison) -> sentences.add("%s: %s".formatted(task, comparison.sentence())));
        return new TaskComparison(production, tasks, scored, leftOut, sentences);
    }

    /** Whether there is a comparison. */
    public boolean isCompared() {
        return !tasks.isEmpty();
    }

    /** What is shown of the new version: the worst task decides. */
    public Verdict verdict() {
        return verdict(tasks);
    }

    /**
     * Worse where it is for any task. Better where it is for one and worse for none; of T tasks one is better by chance
     * alone up to T times as often, so that the level is divided by T (Bonferroni).
     */
    private static Verdict verdict(Map<String, Comparison> tasks) {
        if (tasks.values().stream().anyMatch(task -> task.verdict() == Verdict.WORSE)) {
            return Verdict.WORSE;
        }
        boolean better = tasks.values().stream()
                .anyMatch(task ->
                        task.verdict() == Verdict.BETTER && task.test().midP() < Comparison.LEVEL / tasks.size());
        return better ? Verdict.BETTER : Verdict.NO_DIFFERENCE_SHOWN;
    }
}
