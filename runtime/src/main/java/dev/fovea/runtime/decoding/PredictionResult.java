package dev.fovea.runtime.decoding;

import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.decoding.Classification.Ranked;
import java.util.List;

/** What a model says of an image, by the kind of its task. */
public sealed interface PredictionResult {

    /** One label per image; see {@link Classification}. */
    record LabelResult(Classification classification) implements PredictionResult {}

    /**
     * Any number of labels.
     *
     * @param scores all labels with the probability that each applies, best first
     * @param threshold from which one counts as applying
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
    }

    /**
     * Things in the image, in its own upright pixels.
     *
     * @param decoded what was found
     * @param labels in the order of the classes that it names
     */
    record ObjectResult(Decoded decoded, List<String> labels) implements PredictionResult {}

    /** Numbers that stand near each other for images that are alike. */
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

    /** The same without a slice of a whole batch's outputs, which would keep all of them in memory. */
    default PredictionResult detached() {
        return this;
    }
}
