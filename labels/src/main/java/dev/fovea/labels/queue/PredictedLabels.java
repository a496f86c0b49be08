package dev.fovea.labels.queue;

import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.imaging.Box;
import dev.fovea.runtime.decoding.Classification.Ranked;
import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.Detection;
import dev.fovea.runtime.decoding.PredictionResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Predictions as annotations. What the data set has no class for is left out. Pure. */
public final class PredictedLabels {

    private PredictedLabels() {}

    /** The prediction as an annotation; empty when the model's task is another one, or its label unknown. */
    public static Optional<AnnotationValue> of(Dataset dataset, PredictionResult result) {
        return switch (result) {
            case PredictionResult.LabelResult one ->
                label(dataset, one.classification().best().label());
            case PredictionResult.MultiLabelResult several
            when dataset.task() == ImageTask.MULTI_LABEL ->
                Optional.of(new ClassLabels(
                        several.applying().stream()
                                .map(Ranked::label)
                                .filter(dataset.labels()::contains)
                                .toList(),
                        Map.of()));
            case PredictionResult.ObjectResult objects
            when !dataset.task().isOfWholeImages() ->
                Optional.of(new ObjectLabels(objects(dataset, objects)
                        .filter(object -> dataset.labels().contains(object.name()))
                        .toList()));
            case PredictionResult.MultiLabelResult _,
                    PredictionResult.MultiTaskResult _,
                    PredictionResult.ObjectResult _,
                    PredictionResult.EmbeddingResult _,
                    PredictionResult.TensorResult _ -> Optional.empty();
        };
    }

    /** One label as an annotation. */
    public static Optional<AnnotationValue> label(Dataset dataset, String label) {
        return dataset.task().isOfWholeImages() && dataset.labels().contains(label)
                ? Optional.of(ClassLabels.of(label))
                : Optional.empty();
    }

    private static Stream<AnnotatedObject> objects(Dataset dataset, PredictionResult.ObjectResult result) {
        List<String> labels = result.labels();
        return switch (result.decoded()) {
            case Decoded.Detections found ->
                dataset.task() == ImageTask.SEMANTIC_SEGMENTATION
                        ? Stream.empty()
                        : found.detections().stream().map(detection -> object(dataset, labels, detection));
            case Decoded.ClassRegions found ->
                dataset.task() == ImageTask.DETECTION
                        ? Stream.empty()
                        : found.regions().stream()
                                .map(region ->
                                        new AnnotatedObject(labels.get(region.label()), MaskShape.of(region.mask())));
            case Decoded.TextRegions _ -> Stream.empty();
        };
    }

    private static AnnotatedObject object(Dataset dataset, List<String> labels, Detection detection) {
        String label = labels.get(detection.label());
        return detection
                .mask()
                .filter(_ -> dataset.task() == ImageTask.INSTANCE_SEGMENTATION)
                .map(mask -> new AnnotatedObject(label, MaskShape.of(mask)))
                .orElseGet(() -> new AnnotatedObject(label, box(detection.box())));
    }

    private static BoxShape box(Box box) {
        return new BoxShape(box.x1(), box.y1(), box.width(), box.height());
    }
}
