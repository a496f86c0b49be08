package dev.fovea.pipeline.multitask;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.DatasetVersion.Item;
import dev.fovea.datasets.Fractions;
import dev.fovea.datasets.IngestReport;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.Splitter;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.decoder.TaskHead;
import dev.fovea.pipeline.head.GroupedFiles;
import dev.fovea.pipeline.head.LabelledFile;
import dev.fovea.training.Sample;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The images of several tasks, each content once, with the labels that it has. An image is in one split for all tasks,
 * and near duplicates are in one split whatever folder they come from.
 *
 * @param root the folder that those of all tasks are in; files have their paths below it
 * @param labels of each task, sorted, in the order of the tasks
 * @param images by content hash
 * @param version all images; the label of one is those of all its tasks
 */
record TaskImages(
        Path root, Map<String, List<String>> labels, SortedMap<String, TaskImage> images, DatasetVersion version) {

    /** The splits do not depend on the training's seed, so that versions can be compared. */
    private static final long SPLIT_SEED = 1;

    /**
     * An image.
     *
     * @param file one of those of its content
     * @param item as it is kept, with its split
     * @param labels of tasks that it has one of
     */
    record TaskImage(Path file, Item item, SortedMap<String, String> labels) {

        private TaskImage on(Split split) {
            return new TaskImage(file, item.on(split), labels);
        }

        private List<String> qualified() {
            return labels.entrySet().stream()
                    .map(label -> TaskHead.qualified(label.getKey(), label.getValue()))
                    .toList();
        }
    }

    TaskImages {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        images = Collections.unmodifiableSortedMap(new TreeMap<>(images));
    }

    /**
     * The images of some folders.
     *
     * @param folders by task
     * @param fractions of the splits that folders do not state
     */
    static TaskImages of(Map<String, TaskIngest.ReadFolder> folders, Optional<Fractions> fractions) {
        Path root = root(folders.values());
        SortedMap<String, TaskImage> images = new TreeMap<>();
        Map<String, List<String>> labels = new LinkedHashMap<>();
        folders.forEach((task, folder) -> {
            labels.put(task, folder.version().labels());
            for (Item item : folder.version().items()) {
                TaskImage known = images.get(item.contentHash());
                SortedMap<String, String> own = known == null ? new TreeMap<>() : new TreeMap<>(known.labels());
                own.put(task, item.label());
                Path file = folder.folder().toAbsolutePath().normalize().resolve(item.path());
                Split split = known == null
                        ? item.split()
                        : Collections.max(List.of(known.item().split(), item.split()));
                images.put(
                        item.contentHash(),
                        new TaskImage(
                                known == null ? file : known.file(),
                                known == null
                                        ? labelled(item, root.relativize(file).toString(), own, split)
                                        : labelled(item, known.item().path(), own, split),
                                own));
            }
        });
        return divided(root, labels, images, fractions.orElse(Fractions.DEFAULT));
    }

    /** The folder that all folders are in, so that files have paths of their own below it. */
    private static Path root(Collection<TaskIngest.ReadFolder> folders) {
        return folders.stream()
                .map(folder -> folder.folder().toAbsolutePath().normalize())
                .reduce((one, other) -> {
                    Path common = one;
                    while (!other.startsWith(common)) {
                        common = Objects.requireNonNull(common.getParent());
                    }
                    return common;
                })
                .orElseThrow();
    }

    private static Item labelled(Item item, String path, SortedMap<String, String> labels, Split split) {
        return new Item(
                item.contentHash(),
                labels.entrySet().stream()
                        .map(label -> TaskHead.qualified(label.getKey(), label.getValue()))
                        .collect(Collectors.joining(", ")),
                split,
                path,
                item.width(),
                item.height(),
                item.format(),
                item.perceptualHash());
    }

    private static TaskImages divided(
            Path root, Map<String, List<String>> labels, SortedMap<String, TaskImage> images, Fractions fractions) {
        Map<String, Split> splits = new HashMap<>();
        List<List<TaskImage>> groups = Splitter.groups(
                        images.values().stream().map(TaskImage::item).toList())
                .stream()
                .map(group -> group.stream()
                        .map(item -> Objects.requireNonNull(images.get(item.contentHash())))
                        .toList())
                .toList();
        for (List<TaskImage> group : groups) {
            Split strongest = group.stream()
                    .map(image -> image.item().split())
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            group.forEach(image -> splits.put(image.item().contentHash(), strongest));
        }
        assign(groups, splits, Split.UNASSIGNED, fractions);
        if (!splits.containsValue(Split.TEST)) {
            assign(groups, splits, Split.TRAIN, new Fractions(1 - fractions.test(), 0, fractions.test()));
        }
        SortedMap<String, TaskImage> divided = new TreeMap<>();
        images.forEach((hash, image) -> divided.put(hash, image.on(Objects.requireNonNull(splits.get(hash)))));
        return new TaskImages(
                root,
                labels,
                divided,
                DatasetVersion.of(divided.values().stream().map(TaskImage::item).toList()));
    }

    /** Divides the groups of one split. */
    private static void assign(
            List<List<TaskImage>> groups, Map<String, Split> splits, Split from, Fractions fractions) {
        List<List<TaskImage>> open = groups.stream()
                .filter(group -> splits.get(group.getFirst().item().contentHash()) == from)
                .toList();
        Splitter.assignAll(open, TaskImage::qualified, image -> image.item().contentHash(), fractions, SPLIT_SEED)
                .forEach((image, split) -> splits.put(image.item().contentHash(), split));
    }

    /** The images of a task in some splits, in the order of their hashes. */
    List<TaskImage> of(String task, Set<Split> splits) {
        return images.values().stream()
                .filter(image -> image.labels().containsKey(task)
                        && splits.contains(image.item().split()))
                .toList();
    }

    /** The same with their targets; near duplicates are of one group. */
    List<LabelledFile> files(String task, Set<Split> splits) {
        return GroupedFiles.of(of(task, splits).stream().map(TaskImage::item).toList(), item -> {
            TaskImage image = Objects.requireNonNull(images.get(item.contentHash()));
            return new Sample(image.file(), index(task, image));
        });
    }

    /** The index of an image's label among those of a task. */
    int index(String task, TaskImage image) {
        return Objects.requireNonNull(labels.get(task))
                .indexOf(Objects.requireNonNull(image.labels().get(task)));
    }

    /** {@code DATASET_INVALID} for a task without images to learn from or to judge by. */
    void requireEnough() {
        for (String task : labels.keySet()) {
            int learned = of(task, Set.of(Split.TRAIN, Split.VALIDATION)).size();
            int tested = of(task, Set.of(Split.TEST)).size();
            if (learned == 0 || tested == 0) {
                throw new FoveaException(
                        ErrorCode.DATASET_INVALID,
                        "Task %s: %d images to learn from and %d to judge by are too few. Add images: ten or more for each class."
                                .formatted(task, learned, tested));
            }
        }
    }

    /** Tasks none of whose images has a label of another task. */
    List<String> alone() {
        return labels.keySet().stream()
                .filter(task -> images.values().stream()
                        .noneMatch(image -> image.labels().containsKey(task)
                                && image.labels().size() > 1))
                .toList();
    }

    /** The report of one folder on all images, under their id. */
    IngestReport report(List<IngestReport> reports, List<String> notes) {
        Map<String, Map<String, Integer>> balance = new TreeMap<>();
        for (TaskImage image : images.values()) {
            for (String label : image.qualified()) {
                balance.computeIfAbsent(label, _ -> new TreeMap<>())
                        .merge(image.item().split().label(), 1, Integer::sum);
            }
        }
        return new IngestReport(
                root.toString(),
                reports.stream().anyMatch(IngestReport::divided),
                version.id(),
                new IngestReport.IngestCounts(
                        reports.stream().mapToInt(each -> each.counts().files()).sum(),
                        reports.stream()
                                .mapToInt(each -> each.counts().images())
                                .sum(),
                        images.size(),
                        balance),
                new IngestReport.FileFindings(List.of(), List.of(), List.of()),
                new IngestReport.DuplicateFindings(List.of(), List.of(), List.of()),
                new IngestReport.QualityFindings(Map.of()),
                notes);
    }
}
