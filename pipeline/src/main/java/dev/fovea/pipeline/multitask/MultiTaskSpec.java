package dev.fovea.pipeline.multitask;

import dev.fovea.datasets.Fractions;
import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.request.MultiTaskRequest;
import dev.fovea.pipeline.request.PromotionPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A training of several tasks on one backbone.
 *
 * @param tasks in the order of the network's outputs
 * @param name of the model
 * @param backbone whose features all tasks share
 * @param settings how to learn
 * @param promotion when to promote the version
 * @param note free text
 */
public record MultiTaskSpec(
        List<TaskFolder> tasks,
        String name,
        Backbone backbone,
        MultiTaskSettings settings,
        PromotionPolicy promotion,
        String note) {

    private static final long SEED = 0;

    public MultiTaskSpec {
        tasks = List.copyOf(tasks);
    }

    /**
     * A task and its images.
     *
     * @param folder a folder per class, or with a table of labels
     */
    public record TaskFolder(String task, Path folder) {}

    /**
     * How to learn.
     *
     * @param split fractions for images whose folders have no splits; empty for the default
     * @param balanced whether the correction for rare classes is tried
     * @param seed of the folds of cross-validation
     */
    public record MultiTaskSettings(Optional<Fractions> split, boolean balanced, long seed) {}

    /** All parameters that determine the result together with the images, for lineage. */
    public Map<String, String> described() {
        return new TreeMap<>(Map.of(
                "tasks", tasks.stream().map(TaskFolder::task).collect(Collectors.joining(", ")),
                "backbone", backbone.name(),
                "backbone_sha256", backbone.sha256(),
                "cut", backbone.cut().name(),
                "fit", "heads",
                "class_weights", Boolean.toString(settings.balanced()),
                "seed", Long.toString(settings.seed())));
    }

    /** The specification of a valid request, whose data are folders. */
    public static MultiTaskSpec of(MultiTaskRequest request, Backbone backbone) {
        return new MultiTaskSpec(
                request.tasks().stream()
                        .map(task ->
                                new TaskFolder(task.name(), Path.of(task.data()).toAbsolutePath()))
                        .toList(),
                request.model(),
                backbone,
                new MultiTaskSettings(
                        Optional.of(request.split())
                                .filter(split -> !split.isEmpty())
                                .map(Fractions::parse),
                        !request.classWeights().equals("none"),
                        request.seed().orElse(SEED)),
                PromotionPolicy.of(request.promote()),
                request.note());
    }
}
