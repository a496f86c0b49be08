package dev.fovea.pipeline.retention;

import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.AnnotationJson;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.imaging.ImageSize;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import dev.fovea.traffic.retention.KeptImageStore;
import dev.fovea.traffic.retention.KeptImageStore.KeptLabel;
import dev.fovea.traffic.truth.TrueBox;
import dev.fovea.traffic.truth.TrueLabels;
import dev.fovea.traffic.truth.Truth;
import dev.fovea.traffic.truth.TruthReceipt;
import dev.fovea.traffic.truth.TruthSource;
import dev.fovea.traffic.truth.Truths;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Labels that people gave to kept images, as what is true of the requests that the images came with. A label that
 * changed takes the place of the earlier one from the same data set; what was reported by others stands, and the label
 * counts as a conflict.
 */
public final class LabelledTruths {

    private static final int PAGE = 500;

    private final Registry registry;
    private final Datasets datasets;
    private final KeptImageStore kept;
    private final Truths truths;
    private final InstantSource clock;

    public LabelledTruths(
            Registry registry, Datasets datasets, KeptImageStore kept, Truths truths, InstantSource clock) {
        this.registry = registry;
        this.datasets = datasets;
        this.kept = kept;
        this.truths = truths;
        this.clock = clock;
    }

    /**
     * What became of labels.
     *
     * @param receipt of those that were reported
     * @param unusable labels that say nothing about a prediction: of a class that the model does not have, or outlines
     */
    public record LabelledReceipt(TruthReceipt receipt, int unusable) {}

    /** Reports labels that are new or changed, of those of some models that are registered. */
    public void addNew(Collection<String> models) {
        registry.models().stream()
                .map(RegisteredModel::name)
                .filter(models::contains)
                .forEach(model -> add(model, Optional.empty(), false, false));
    }

    /**
     * Reports the labels of a model's kept images.
     *
     * @param dataset the data set; all without it; {@code DATASET_UNKNOWN}
     * @param again whether labels are reported, too, that were reported before
     * @param replace whether labels take the place of others that contradict them
     */
    public LabelledReceipt add(String model, Optional<String> dataset, boolean again, boolean replace) {
        RegisteredModel registered = registry.model(model);
        dataset.ifPresent(datasets::dataset);
        Set<String> classes = new HashSet<>();
        for (ModelVersion version : registered.versions()) {
            classes.addAll(version.labels());
        }
        boolean multiLabel = Truths.isMultiLabel(registered);
        Map<String, Truth> found = new LinkedHashMap<>();
        List<KeptLabel> seen = new ArrayList<>();
        int unusable = 0;
        String after = "";
        List<KeptLabel> page;
        do {
            page = kept.labelled(model, dataset, again, after, PAGE);
            for (KeptLabel label : page) {
                Optional<TrueLabels> labels =
                        labels(label, multiLabel).filter(all -> classes.containsAll(all.classes()));
                String request = label.image().origin().request();
                labels.ifPresent(
                        all -> found.put(request, new Truth(request, all, TruthSource.LABELLED, clock.instant())));
                unusable += labels.isEmpty() ? 1 : 0;
                seen.add(label);
                after = label.image().id();
            }
        } while (page.size() == PAGE);
        TruthReceipt receipt = report(model, found.values(), replace);
        kept.reported(seen);
        return new LabelledReceipt(receipt, unusable);
    }

    private TruthReceipt report(String model, Collection<Truth> all, boolean replace) {
        if (replace) {
            return truths.add(model, all, true);
        }
        Map<String, Truth> standing =
                truths.store().standing(model, all.stream().map(Truth::request).toList());
        List<Truth> corrections = new ArrayList<>();
        List<Truth> others = new ArrayList<>();
        for (Truth truth : all) {
            Optional<Truth> before = Optional.ofNullable(standing.get(truth.request()));
            boolean corrects = before.filter(stands -> stands.source() == TruthSource.LABELLED)
                    .filter(stands -> !stands.labels().equals(truth.labels()))
                    .isPresent();
            (corrects ? corrections : others).add(truth);
        }
        return truths.add(model, corrections, true).plus(truths.add(model, others, false));
    }

    private Optional<TrueLabels> labels(KeptLabel label, boolean multiLabel) {
        AnnotationValue value = AnnotationJson.read(label.value());
        return switch (value) {
            case ClassLabels(List<String> classes, Map<String, Double> _) ->
                multiLabel
                        ? Optional.of(new TrueLabels.TrueLabelSet(new TreeSet<>(classes)))
                        : classes.stream().findFirst().map(TrueLabels.TrueLabel::new);
            case ObjectLabels(List<AnnotatedObject> objects) -> boxes(label, objects);
        };
    }

    /** Boxes in shares of the image; empty where an object is no box. */
    private Optional<TrueLabels> boxes(KeptLabel label, List<AnnotatedObject> objects) {
        Optional<ImageSize> size = datasets.find(
                        label.image().file().dataset(),
                        ContentHash.parse(label.image().file().hash()))
                .map(item -> item.image().size());
        List<TrueBox> boxes = new ArrayList<>();
        for (AnnotatedObject object : objects) {
            if (size.isPresent() && object.shape() instanceof Shape.BoxShape box) {
                double width = size.get().width();
                double height = size.get().height();
                boxes.add(new TrueBox(
                        object.name(), box.x() / width, box.y() / height, box.width() / width, box.height() / height));
            }
        }
        return boxes.size() == objects.size() ? Optional.of(new TrueLabels.TrueObjects(boxes)) : Optional.empty();
    }
}
