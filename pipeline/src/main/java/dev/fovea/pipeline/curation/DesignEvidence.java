package dev.fovea.pipeline.curation;

import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.labels.SeparationStudy;
import dev.fovea.labels.design.ClassSeparation;
import dev.fovea.labels.wrong.GivenLabel;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.queue.JobProgress;
import dev.fovea.pipeline.request.CheckRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What embeddings contribute to the design of a data set: classes that look alike, and images for a pilot. */
public final class DesignEvidence {

    private final JobTools tools;
    private final Datasets datasets;

    public DesignEvidence(JobTools tools, Datasets datasets) {
        this.tools = tools;
        this.datasets = datasets;
    }

    /** How well embeddings of labelled images tell the classes apart; empty unless the task is classification. */
    public Optional<ClassSeparation> separation(CheckRequest request, JobProgress progress) {
        String name = request.dataset();
        ImageTask task = datasets.dataset(name).task();
        Map<String, List<DatasetItem>> classes = new TreeMap<>();
        if (task == ImageTask.CLASSIFICATION) {
            datasets.forEach(
                    name,
                    ItemFilter.parse(List.of("labelled=yes")),
                    item -> label(item)
                            .ifPresent(label -> classes.computeIfAbsent(label, _ -> new ArrayList<>())
                                    .add(item)));
        }
        return classes.size() < 2
                ? Optional.empty()
                : separation(
                        task,
                        new ItemEmbedding(tools, datasets, name)
                                .of(
                                        classes.values().stream()
                                                .map(SeparationStudy::compared)
                                                .flatMap(List::stream)
                                                .toList(),
                                        DatasetCheck.version(tools, datasets, request),
                                        progress));
    }

    /** The same of images that are embedded already. */
    static Optional<ClassSeparation> separation(ImageTask task, EmbeddedItems embedded) {
        if (task != ImageTask.CLASSIFICATION) {
            return Optional.empty();
        }
        List<Integer> rows = embedded.rows(true);
        return SeparationStudy.of(
                rows.stream()
                        .map(embedded.items()::get)
                        .map(item -> new GivenLabel(
                                item.image().hash().toString(), label(item).orElseThrow(), item.group(), false))
                        .toList(),
                embedded.matrix(rows),
                embedded.source(),
                embedded.descriptors());
    }

    /** Images for a pilot, without some. */
    public List<ContentHash> pilot(String name, int count, Set<ContentHash> without, JobProgress progress) {
        return new PilotDraw(tools, datasets, name).draw(count, without, progress);
    }

    private static Optional<String> label(DatasetItem item) {
        return item.label()
                .map(label -> label.content().value())
                .map(AnnotationValue::classes)
                .flatMap(classes -> classes.stream().findFirst());
    }
}
