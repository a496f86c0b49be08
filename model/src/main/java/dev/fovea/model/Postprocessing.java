package dev.fovea.model;

/** What becomes of a network's outputs, as data; with it goes what the model's task is. */
public sealed interface Postprocessing {

    /**
     * One label per picture.
     *
     * @param activation what the last layer leaves to be done
     * @param temperature the logits' divisor that calibrates confidence; 1 when not calibrated
     */
    record OneLabel(Activation activation, double temperature) implements Postprocessing {
        public OneLabel {
            require(activation != Activation.SIGMOID, "activation sigmoid is for several labels, not for one");
            require(
                    temperature > 0 && !Double.isInfinite(temperature),
                    "temperature " + temperature + " is not positive");
        }
    }

    /**
     * Any number of labels per picture, each with a probability of its own.
     *
     * @param activation sigmoid, or none where the graph ends in it
     * @param threshold from which probability a label applies
     */
    record Labels(Activation activation, double threshold) implements Postprocessing {
        public Labels {
            require(activation != Activation.SOFTMAX, "activation softmax is for one label, not for several");
            require(threshold > 0 && threshold < 1, "threshold " + threshold + " is not between 0 and 1");
        }
    }

    /**
     * Things in the picture: boxes, masks, regions.
     *
     * @param head how the outputs tell of them
     */
    record Objects(Head head) implements Postprocessing {}

    /** The first output is the answer: a vector that stands near those of similar pictures. */
    record Embedding() implements Postprocessing {}

    /** All outputs are the answer, as they are. */
    record Tensors() implements Postprocessing {}

    /** The task that is answered so. */
    default Task task() {
        return switch (this) {
            case OneLabel ignored -> Task.CLASSIFICATION;
            case Labels ignored -> Task.MULTI_LABEL;
            case Objects(Head head) -> task(head);
            case Embedding ignored -> Task.EMBEDDING;
            case Tensors ignored -> Task.TENSORS;
        };
    }

    private static Task task(Head head) {
        return switch (head) {
            case Head.Yolox ignored -> Task.DETECTION;
            case Head.YoloV5 yolo -> yolo.prototypes().isPresent() ? Task.INSTANCE_SEGMENTATION : Task.DETECTION;
            case Head.YoloV8 yolo -> yolo.prototypes().isPresent() ? Task.INSTANCE_SEGMENTATION : Task.DETECTION;
            case Head.BoxesAndScores ignored -> Task.DETECTION;
            case Head.FastestDet ignored -> Task.DETECTION;
            case Head.Detr ignored -> Task.DETECTION;
            case Head.TextMap ignored -> Task.TEXT_DETECTION;
            case Head.SemanticMap ignored -> Task.SEGMENTATION;
            case DetectionRows rows -> rows.prototypes().isPresent() ? Task.INSTANCE_SEGMENTATION : Task.DETECTION;
            case DetectionLists ignored -> Task.DETECTION;
            case NanoDet ignored -> Task.DETECTION;
        };
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
