package dev.fovea.pipeline.curation;

import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.similarity.CaptureBursts;
import dev.fovea.datasets.similarity.CurationRow;
import dev.fovea.datasets.similarity.EmbeddingDuplicates;
import dev.fovea.datasets.similarity.RowGroups;
import dev.fovea.labels.priority.LabelPriority;
import dev.fovea.labels.priority.UnlabelledImage;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.queue.JobProgress;
import dev.fovea.registry.Alias;
import dev.fovea.registry.ModelVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses unlabelled images by {@link LabelPriority}: how unsure a model is of them, how unlike they are to what is
 * labelled, and how often they were seen. Near duplicates and capture bursts count as one image, the one of which the
 * model is most unsure.
 */
final class NextImagesChoice {

    private static final long SEED = 1;

    private final JobTools tools;
    private final Datasets datasets;

    NextImagesChoice(JobTools tools, Datasets datasets) {
        this.tools = tools;
        this.datasets = datasets;
    }

    /** @param named the model; empty for the one in production that learned from the data set, if there is one */
    NextImages of(String name, Optional<ModelVersion> named, EmbeddedItems embedded, int budget, JobProgress progress) {
        List<Integer> unlabelled = embedded.rows(false);
        if (unlabelled.isEmpty()) {
            return new NextImages("Every image is labelled.", List.of());
        }
        Optional<ModelVersion> model = named.or(() -> production(name));
        Optional<double[]> unsure = model.map(version -> {
            try (ModelUncertainty uncertainty = new ModelUncertainty(tools, datasets, version)) {
                return uncertainty.of(
                        unlabelled.stream().map(embedded.items()::get).toList(), progress);
            }
        });
        List<Integer> places = new ArrayList<>();
        List<UnlabelledImage> images = new ArrayList<>();
        for (List<Integer> group : groups(embedded, unlabelled)) {
            int chosen = unsure.flatMap(values -> group.stream()
                            .max(Comparator.comparingDouble((Integer place) -> values[place])
                                    .thenComparing(Comparator.reverseOrder())))
                    .orElse(group.getFirst());
            places.add(chosen);
            images.add(new UnlabelledImage(
                    item(embedded, unlabelled, chosen).image().hash().toString(), group.size()));
        }
        List<Integer> labelled = embedded.rows(true);
        return new NextImages(
                basis(name, model),
                new LabelPriority(SEED)
                        .choose(
                                new LabelPriority.LabelCandidates(
                                        images,
                                        embedded.matrix(places.stream()
                                                .map(unlabelled::get)
                                                .toList()),
                                        unsure.map(values -> places.stream()
                                                .mapToDouble(place -> values[place])
                                                .toArray())),
                                labelled.isEmpty() ? Optional.empty() : Optional.of(embedded.matrix(labelled)),
                                budget));
    }

    private static DatasetItem item(EmbeddedItems embedded, List<Integer> unlabelled, int place) {
        return embedded.items().get(unlabelled.get(place));
    }

    private static String basis(String name, Optional<ModelVersion> model) {
        return model.map(version -> "Chosen by how unsure %s is, by novelty, and by how often an image was seen."
                        .formatted(version.id()))
                .orElse(
                        "No model in production learned from \"%s\": chosen by novelty, and by how often an image was seen. Promote one, or state --model."
                                .formatted(name));
    }

    /** The newest version in production that learned from the data set. */
    private Optional<ModelVersion> production(String name) {
        return tools.registry().models().stream()
                .flatMap(model -> model.alias(Alias.PRODUCTION).stream())
                .filter(version -> version.lineage().isOf(name))
                .filter(ModelUncertainty::isKnownFor)
                .max(Comparator.comparing(ModelVersion::created));
    }

    /** Places of unlabelled images: those that show nearly the same in one group, others in one of their own. */
    private static List<List<Integer>> groups(EmbeddedItems embedded, List<Integer> unlabelled) {
        Map<Integer, Integer> places = new HashMap<>();
        for (int place = 0; place < unlabelled.size(); place++) {
            places.put(unlabelled.get(place), place);
        }
        RowGroups joined = new RowGroups(unlabelled.size());
        for (EmbeddingDuplicates.Pair pair : NearImages.pairs(embedded)) {
            Optional<Integer> left = Optional.ofNullable(places.get(pair.left()));
            Optional<Integer> right = Optional.ofNullable(places.get(pair.right()));
            if (left.isPresent() && right.isPresent()) {
                joined.join(left.get(), right.get());
            }
        }
        List<CurationRow> rows = unlabelled.stream()
                .map(embedded.items()::get)
                .map(item -> new CurationRow(item.image().hash().toString(), item.split(), item.group(), item.tags()))
                .toList();
        CaptureBursts.groups(rows, CaptureBursts.DEFAULT_GAP)
                .forEach(burst -> burst.forEach(place -> joined.join(burst.getFirst(), place)));
        return joined.all();
    }
}
