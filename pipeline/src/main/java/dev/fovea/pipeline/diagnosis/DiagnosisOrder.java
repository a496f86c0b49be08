package dev.fovea.pipeline.diagnosis;

import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.head.LabelledFile;
import dev.fovea.pipeline.request.QualityTarget;
import java.util.List;

/**
 * What is diagnosed.
 *
 * @param backbone whose features the model uses
 * @param labels of the classes, in the order of their indices
 * @param images that are learned from; images that judge a model stay out
 * @param target that is not reached
 * @param seed of folds and draws
 */
public record DiagnosisOrder(
        Backbone backbone, List<String> labels, List<LabelledFile> images, QualityTarget target, long seed) {
    public DiagnosisOrder {
        labels = List.copyOf(labels);
        images = List.copyOf(images);
    }
}
