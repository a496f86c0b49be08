package dev.fovea.pipeline.jobs;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.Split;
import dev.fovea.model.Lineage;
import dev.fovea.training.Sample;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The version of a curated data set that a training uses.
 *
 * @param version its name, as {@code shirts@513af8b1fe65}
 * @param softLabels the probability of each class by an image's hash, for the images whose label is uncertain; empty
 *     where the request leaves them out
 */
public record TrainingTargets(String version, Map<String, Map<String, Double>> softLabels) {

    /** The setting of the lineage that says how many soft labels were the target. */
    public static final String SOFT_LABELS = "soft_labels";

    /** The value of that setting where no label is soft. */
    public static final String NONE = "none";

    private static final int SHORT = 12;

    public TrainingTargets {
        softLabels = Map.copyOf(softLabels);
    }

    /** An image with its target: the soft label where a data set has one, otherwise its class. */
    public static Sample sample(
            Optional<TrainingTargets> data, Path folder, DatasetVersion.Item item, List<String> labels) {
        return new Sample(
                folder.resolve(item.path()),
                labels.indexOf(item.label()),
                data.map(each -> each.distribution(item.contentHash(), labels)).orElse(Map.of()));
    }

    /** Over the classes that are learned; a class that no image has as its label is left out. */
    private Map<Integer, Double> distribution(String hash, List<String> labels) {
        Map<Integer, Double> known = new TreeMap<>();
        softLabels.getOrDefault(hash, Map.of()).forEach((name, weight) -> {
            int index = labels.indexOf(name);
            if (index >= 0 && weight > 0) {
                known.put(index, weight);
            }
        });
        double sum = known.values().stream().mapToDouble(each -> each).sum();
        known.replaceAll((_, weight) -> weight / sum);
        return known;
    }

    /** How many images of a split have a soft label. */
    private long soft(DatasetVersion divided, Split split) {
        return divided.on(split).stream()
                .filter(item ->
                        !distribution(item.contentHash(), divided.labels()).isEmpty())
                .count();
    }

    /** What the output says about soft labels; empty where the data set has none. */
    public Optional<String> note(DatasetVersion divided) {
        long soft = soft(divided, Split.TRAIN);
        if (soft == 0) {
            return Optional.empty();
        }
        double certainty = divided.on(Split.TRAIN).stream()
                .map(item -> distribution(item.contentHash(), divided.labels()))
                .filter(each -> !each.isEmpty())
                .mapToDouble(
                        each -> each.values().stream().mapToDouble(p -> p).max().orElse(1))
                .average()
                .orElse(1);
        return Optional.of(String.format(
                Locale.ROOT,
                "Soft labels are the target of %,d of the %,d training images and of %,d of the %,d validation images: the probability of each class by the people who labelled them, on average %.2f for the most probable. --soft-labels off uses the label in force alone.",
                soft,
                divided.on(Split.TRAIN).size(),
                soft(divided, Split.VALIDATION),
                divided.on(Split.VALIDATION).size(),
                certainty));
    }

    /** Its settings for the lineage. */
    Map<String, String> described(DatasetVersion divided) {
        long soft = soft(divided, Split.TRAIN);
        return Map.of(
                Lineage.DATA,
                version,
                SOFT_LABELS,
                soft == 0
                        ? NONE
                        : String.format(
                                Locale.ROOT,
                                "%d of %d training images, %s",
                                soft,
                                divided.on(Split.TRAIN).size(),
                                digest()));
    }

    /** Tells two sets of soft labels apart: the version of a training's images does not depend on them. */
    private String digest() {
        String text = new TreeMap<>(softLabels)
                .entrySet().stream()
                        .map(each -> each.getKey() + new TreeMap<>(each.getValue()))
                        .collect(Collectors.joining("\n"));
        return DatasetVersion.contentHash(text.getBytes(StandardCharsets.UTF_8)).substring(0, SHORT);
    }
}
