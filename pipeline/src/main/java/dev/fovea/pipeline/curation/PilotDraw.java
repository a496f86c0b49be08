package dev.fovea.pipeline.curation;

import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.queue.JobProgress;
import dev.fovea.statistics.sampling.DiverseSelection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Draws the images of a pilot: labelled ones in equal numbers from each class, unlabelled ones that differ from one
 * another by their embedding, half of each where there are both. The hash of an image decides the order, so that the
 * same data set gives the same draw.
 */
final class PilotDraw {

    /** Unlabelled images that are embedded for each one that is drawn. */
    private static final int EMBEDDED = 10;

    private static final int MAX_EMBEDDED = 500;
    private static final long SEED = 1;

    private final JobTools tools;
    private final Datasets datasets;
    private final String name;

    PilotDraw(JobTools tools, Datasets datasets, String name) {
        this.tools = tools;
        this.datasets = datasets;
        this.name = name;
    }

    /** Up to so many images, without some. */
    List<ContentHash> draw(int count, Set<ContentHash> without, JobProgress progress) {
        Map<String, List<DatasetItem>> classes = new TreeMap<>();
        List<DatasetItem> unlabelled = new ArrayList<>();
        datasets.forEach(name, ItemFilter.ALL, item -> {
            if (!without.contains(item.image().hash())) {
                label(item)
                        .ifPresentOrElse(
                                label -> classes.computeIfAbsent(label, _ -> new ArrayList<>())
                                        .add(item),
                                () -> unlabelled.add(item));
            }
        });
        Comparator<DatasetItem> byHash =
                Comparator.comparing(item -> item.image().hash());
        unlabelled.sort(byHash);
        classes.values().forEach(items -> items.sort(byHash));
        int labelled = classes.values().stream().mapToInt(List::size).sum();
        int known = Math.min(labelled, Math.max(count - unlabelled.size(), count / 2));
        return Stream.concat(
                        stratified(List.copyOf(classes.values()), known).stream(),
                        diverse(unlabelled, count - known, progress).stream())
                .map(item -> item.image().hash())
                .toList();
    }

    private static Optional<String> label(DatasetItem item) {
        return item.label()
                .map(label -> label.content().value())
                .map(AnnotationValue::classes)
                .map(names -> names.stream().findFirst().orElse(""));
    }

    /** One image of each class, then another one of each. */
    private static List<DatasetItem> stratified(List<List<DatasetItem>> classes, int count) {
        List<DatasetItem> drawn = new ArrayList<>();
        for (int round = 0; drawn.size() < count; round++) {
            for (List<DatasetItem> items : classes) {
                if (round < items.size() && drawn.size() < count) {
                    drawn.add(items.get(round));
                }
            }
        }
        return drawn;
    }

    private List<DatasetItem> diverse(List<DatasetItem> items, int count, JobProgress progress) {
        if (count == 0 || items.isEmpty()) {
            return List.of();
        }
        List<DatasetItem> some =
                items.subList(0, Math.min(items.size(), Math.max(count, Math.min(MAX_EMBEDDED, EMBEDDED * count))));
        EmbeddedItems embedded = new ItemEmbedding(tools, datasets, name).of(some, Optional.empty(), progress);
        if (embedded.items().isEmpty()) {
            return List.of();
        }
        double[] weights = new double[embedded.items().size()];
        Arrays.fill(weights, 1);
        return DiverseSelection.choose(embedded.matrix(embedded.rows()), weights, Optional.empty(), count, SEED)
                .stream()
                .map(choice -> embedded.items().get(choice.item()))
                .toList();
    }
}
