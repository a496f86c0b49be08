package dev.fovea.pipeline.multitask;

import dev.fovea.evaluation.classification.Comparison;
import dev.fovea.evaluation.classification.PercentagePoints;
import dev.fovea.pipeline.head.InputView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What one model of several tasks saves beside a model for each of them, and what it costs, as measured on this
 * machine.
 *
 * @param bytes of the network
 * @param singleBytes of the networks of one task each, together
 * @param latency of one image
 * @param tasks the model against that of the task alone, on the same test images; the latter is the baseline
 * @param otherViews how the models of some tasks alone see images, where they chose another view than all together
 */
public record TaskSavings(
        long bytes,
        long singleBytes,
        SavedTime latency,
        Map<String, Comparison> tasks,
        Map<String, InputView> otherViews) {

    private static final double MEGABYTE = 1e6;

    public TaskSavings {
        tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
        otherViews = Map.copyOf(otherViews);
    }

    /**
     * Medians over the same images, in turns.
     *
     * @param millis of the model, from an image's bytes to its labels
     * @param singleMillis of the models of one task each, one after another
     * @param runs that were measured of each
     */
    public record SavedTime(double millis, double singleMillis, int runs) {}

    /** For people. */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        sentences.add(String.format(
                Locale.ROOT,
                "One model for %d tasks has %.1f MB and takes %.1f ms an image; a model for each has %.1f MB together and takes %.1f ms (%.2f × as long; medians of %d runs on this machine).",
                tasks.size(),
                bytes / MEGABYTE,
                latency.millis(),
                singleBytes / MEGABYTE,
                latency.singleMillis(),
                latency.singleMillis() / latency.millis(),
                latency.runs()));
        tasks.forEach((task, comparison) -> sentences.add(String.format(
                Locale.ROOT,
                "%s: %.1f %% of %d test images are right, %.1f %% with a model of its own; the difference is %s points (95 %% interval %s).%s",
                task,
                100 * comparison.candidate().value(),
                comparison.images(),
                100 * comparison.baseline().value(),
                PercentagePoints.of(comparison.difference().value()),
                PercentagePoints.ends(comparison.difference()),
                Optional.ofNullable(otherViews.get(task))
                        .map(" Alone, it sees images in another view (%s)."::formatted)
                        .orElse(""))));
        return sentences;
    }
}
