package dev.fovea.runtime.decoding;

import dev.fovea.imaging.geometry.HeatMap;
import dev.fovea.model.decoder.TaskHead;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.decoding.Classification.Ranked;
import java.util.List;
import java.util.Optional;

/** The result of a model for an image, by its task. */
public sealed interface PredictionResult {

    /**
     * One label per image; see {@link Classification}.
     *
     * @param heatMap where in the image the second of two labels is, from networks that say so
     */
    record LabelResult(Classification classification, Optional<HeatMap> heatMap) implements PredictionResult {

        /** Without a heat map. */
        public LabelResult(Classification classification) {
            this(classification, Optional.empty());
        }
    }

    /**
     * Any number of labels of one image.
     *
     * @param scores all labels with their probabilities, best first
     * @param threshold from which a label applies
     */
    record MultiLabelResult(List<Ranked> scores, double threshold) implements PredictionResult {
        public MultiLabelResult {
            scores = List.copyOf(scores);
        }

        /** Those that apply, best first. */
        public List<Ranked> applying() {
            return scores.stream()
                    .filter(ranked -> ranked.confidence() >= threshold)
                    .toList();
        }

        /** The mean over all labels of the entropy of each label's probability, in nats: 0 to ln 2. */
        public double entropy() {
            return scores.stream()
                    .mapToDouble(ranked -> share(ranked.confidence()) + share(1 - ranked.confidence()))
                    .average()
                    .orElse(0);
        }

        private static double share(double probability) {
            return probability > 0 ? -probability * Math.log(probability) : 0;
        }
    }

    /**
     * One label per image for each task.
     *
     * @param tasks in the model's order
     */
    record MultiTaskResult(List<TaskClassification> tasks) implements PredictionResult {
        public MultiTaskResult {
            tasks = List.copyOf(tasks);
        }

        /** The best label of each task, with the task's name: {@code colour=red}. */
        public List<Ranked> best() {
            return tasks.stream().map(TaskClassification::best).toList();
        }

        /** The mean over all tasks of the entropy of the task's probabilities, in nats. */
        public double entropy() {
            return tasks.stream()
                    .mapToDouble(task -> task.classification().entropy())
                    .average()
                    .orElse(0);
        }
    }

    /** What a network says for one of its tasks. */
    record TaskClassification(String task, Classification classification) {

        /** The best label, with the task's name. */
        public Ranked best() {
            Ranked best = classification.best();
            return new Ranked(TaskHead.qualified(task, best.label()), best.confidence());
        }
    }

    /**
     * Objects in the image, in its own upright pixels.
     *
     * @param decoded the objects
     * @param labels in the order of the classes that it names
     */
    record ObjectResult(Decoded decoded, List<String> labels) implements PredictionResult {}

    /** A vector; similar images have similar ones. */
    record EmbeddingResult(float[] values) implements PredictionResult {}

    /** The network's outputs as they are. */
    record TensorResult(List<Tensor> tensors) implements PredictionResult {
        public TensorResult {
            tensors = List.copyOf(tensors);
        }

        @Override
        public PredictionResult detached() {
            return new TensorResult(tensors.stream().map(Tensor::copy).toList());
        }
    }

    /** The same without a slice of a whole batch's outputs, which would retain the whole batch in memory. */
    default PredictionResult detached() {
        return this;
    }
}
