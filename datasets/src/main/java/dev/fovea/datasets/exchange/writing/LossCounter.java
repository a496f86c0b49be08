package dev.fovea.datasets.exchange.writing;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.annotation.ObjectFlag;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.datasets.annotation.Shape.RotatedBoxShape;
import dev.fovea.datasets.exchange.model.ExchangeClass;
import dev.fovea.datasets.exchange.model.ExchangeFeature;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.model.ExchangeHeader;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.model.Loss;
import dev.fovea.datasets.exchange.shapes.Rings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Counts what data says and a format cannot. For one thread. */
public final class LossCounter {

    private final ExchangeFormat format;
    private final ExchangeHeader header;
    private final Map<ExchangeFeature, Loss> losses = new EnumMap<>(ExchangeFeature.class);
    private final Set<String> used = new TreeSet<>();

    /** Counts for one export. */
    public LossCounter(ExchangeFormat format, ExchangeHeader header) {
        this.format = format;
        this.header = header;
        lose(ExchangeFeature.SEMANTIC, header.task() == ImageTask.SEMANTIC_SEGMENTATION, "the whole data set");
        for (ExchangeClass each : header.classes()) {
            lose(ExchangeFeature.DEFINITIONS, !each.definition().isEmpty(), each.name());
            lose(ExchangeFeature.SKELETONS, each.skeleton().isPresent(), each.name());
        }
    }

    /** Counts an image. */
    public void add(ExchangedImage image) {
        String name = image.name();
        lose(ExchangeFeature.TAGS, !image.tags().isEmpty(), name);
        lose(ExchangeFeature.GROUPS, !image.group().isEmpty(), name);
        lose(ExchangeFeature.SPLITS, image.split() != Split.UNASSIGNED, name);
        lose(ExchangeFeature.PRE_FILLS, !image.preFills().isEmpty(), name);
        lose(ExchangeFeature.UNLABELLED, image.value().isEmpty(), name);
        image.value().ifPresent(value -> add(value, name));
    }

    private void add(AnnotationValue value, String name) {
        used.addAll(value.classes());
        switch (value) {
            case ClassLabels labels -> {
                lose(ExchangeFeature.MULTI_LABEL, labels.classes().size() != 1, name);
                lose(ExchangeFeature.SINGLE_LABEL, labels.classes().size() == 1, name);
                lose(ExchangeFeature.SOFT_LABELS, !labels.weights().isEmpty(), name);
            }
            case ObjectLabels labels -> {
                labels.objects().forEach(object -> add(object, name));
                lose(
                        ExchangeFeature.OVERLAPS,
                        !format.says(ExchangeFeature.OVERLAPS) && hasSeveralOfAClass(labels),
                        name);
            }
        }
    }

    private static boolean hasSeveralOfAClass(ObjectLabels labels) {
        return labels.classes().size() < labels.objects().size();
    }

    private void add(AnnotatedObject object, String name) {
        switch (object.shape()) {
            case BoxShape box -> lose(ExchangeFeature.BOXES, true, name);
            case RotatedBoxShape box -> lose(ExchangeFeature.ROTATED_BOXES, true, name);
            case MaskShape mask -> lose(ExchangeFeature.MASKS, true, name);
            case PolygonShape polygon -> {
                boolean several = polygon.rings().size() > 1;
                lose(ExchangeFeature.POLYGONS, true, name);
                boolean plain = format.says(ExchangeFeature.POLYGONS);
                lose(ExchangeFeature.POLYGON_PARTS, several && plain, name);
                lose(ExchangeFeature.POLYGON_HOLES, several && plain && Rings.hasHoles(polygon), name);
            }
        }
        lose(ExchangeFeature.KEYPOINTS, !object.keypoints().isEmpty(), name);
        lose(ExchangeFeature.ATTRIBUTES, !object.attributes().isEmpty(), name);
        lose(ExchangeFeature.CROWD, object.flags().contains(ObjectFlag.CROWD), name);
        lose(ExchangeFeature.DIFFICULT, object.flags().contains(ObjectFlag.DIFFICULT), name);
        lose(ExchangeFeature.TRUNCATED, object.flags().contains(ObjectFlag.TRUNCATED), name);
        lose(ExchangeFeature.OCCLUDED, object.flags().contains(ObjectFlag.OCCLUDED), name);
    }

    private void lose(ExchangeFeature feature, boolean isUsed, String example) {
        if (isUsed && !format.says(feature)) {
            losses.merge(
                    feature,
                    new Loss(feature, 1, example, Degradation.consequence(feature, format)),
                    (before, one) -> new Loss(feature, before.count() + 1, before.example(), before.consequence()));
        }
    }

    /** What was counted so far, and the classes whose order or existence the format does not keep. */
    public List<Loss> losses() {
        if (!format.says(ExchangeFeature.CLASS_ORDER)) {
            losses.remove(ExchangeFeature.CLASS_ORDER);
            boolean sorted = header.names().stream().sorted().toList().equals(header.names());
            header.names().forEach(name -> lose(ExchangeFeature.CLASS_ORDER, !sorted || !used.contains(name), name));
        }
        return List.copyOf(losses.values());
    }
}
