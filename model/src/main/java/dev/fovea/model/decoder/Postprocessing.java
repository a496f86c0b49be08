package dev.fovea.model.decoder;

import dev.fovea.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How a network's outputs are decoded, as data; with it goes what the model's task is. */
public sealed interface Postprocessing {

    /**
     * One label per image. The output holds one number per label; with two labels it may hold one number that speaks
     * for the second of them (a binary classifier); with {@link Activation#ARGMAX} it gives the label's index.
     *
     * @param output the output's name; empty for the graph's first
     * @param activation what the output leaves to be done; sigmoid only for one number
     * @param temperature the logits' divisor that calibrates confidence; 1 when not calibrated
     * @param heatMap the output {@code [N, 1, h, w]} that says where in the image the second of two labels is, in
     *     logits; empty where the network has none
     */
    record OneLabel(Optional<String> output, Activation activation, double temperature, Optional<String> heatMap)
            implements Postprocessing {
        public OneLabel {
            require(
                    temperature > 0 && !Double.isInfinite(temperature),
                    "temperature " + temperature + " is not positive");
        }

        /** Without a heat map. */
        public OneLabel(Optional<String> output, Activation activation, double temperature) {
            this(output, activation, temperature, Optional.empty());
        }

        /** Of the graph's first output. */
        public OneLabel(Activation activation, double temperature) {
            this(Optional.empty(), activation, temperature);
        }
    }

    /**
     * Any number of labels per image, each with a probability of its own.
     *
     * @param output the output's name; empty for the graph's first
     * @param activation sigmoid, or none where the output holds probabilities
     * @param threshold from which probability a label applies
     */
    record MultiLabel(Optional<String> output, Activation activation, double threshold) implements Postprocessing {
        public MultiLabel {
            require(
                    activation == Activation.SIGMOID || activation == Activation.NONE,
                    "activation %s is for one label, not for several".formatted(Json.word(activation)));
            require(threshold > 0 && threshold < 1, "threshold " + threshold + " is not between 0 and 1");
        }

        /** Of the graph's first output. */
        public MultiLabel(Activation activation, double threshold) {
            this(Optional.empty(), activation, threshold);
        }
    }

    /**
     * One label per image for each task, from an output of its own: multi-task classification.
     *
     * @param heads one for each task, two or more
     */
    record MultiTask(List<TaskHead> heads) implements Postprocessing {
        public MultiTask {
            heads = List.copyOf(heads);
            require(heads.size() > 1, "%d tasks are not several".formatted(heads.size()));
            Set<String> tasks = new HashSet<>();
            heads.forEach(head -> require(tasks.add(head.task()), "two tasks are named " + head.task()));
        }

        /** The labels of all tasks with the name of their task, in the order of the tasks: {@code colour=red}. */
        public List<String> labels() {
            return heads.stream()
                    .flatMap(head -> head.labels().stream().map(label -> TaskHead.qualified(head.task(), label)))
                    .toList();
        }
    }

    /**
     * Objects in the image: boxes, masks, regions.
     *
     * @param decoder how the outputs are decoded
     */
    record Decoding(DecoderConfig decoder) implements Postprocessing {}

    /**
     * One output is the prediction: an embedding that lies near those of similar images.
     *
     * @param output its name; empty for the graph's first
     */
    record Embedding(Optional<String> output) implements Postprocessing {
        /** Of the graph's first output. */
        public Embedding() {
            this(Optional.empty());
        }
    }

    /** All outputs are returned as they are. */
    record Tensors() implements Postprocessing {}

    /** The task of this postprocessing. */
    default Task task() {
        return switch (this) {
            case OneLabel ignored -> Task.CLASSIFICATION;
            case MultiLabel ignored -> Task.MULTI_LABEL;
            case MultiTask ignored -> Task.MULTI_TASK;
            case Decoding(DecoderConfig decoder) -> task(decoder);
            case Embedding ignored -> Task.EMBEDDING;
            case Tensors ignored -> Task.TENSORS;
        };
    }

    private static Task task(DecoderConfig decoder) {
        return switch (decoder) {
            case DecoderConfig.Yolox ignored -> Task.DETECTION;
            case DecoderConfig.YoloV5 yolo ->
                yolo.prototypes().isPresent() ? Task.INSTANCE_SEGMENTATION : Task.DETECTION;
            case DecoderConfig.YoloV8 yolo ->
                yolo.prototypes().isPresent() ? Task.INSTANCE_SEGMENTATION : Task.DETECTION;
            case DecoderConfig.BoxesAndScores ignored -> Task.DETECTION;
            case DecoderConfig.FastestDet ignored -> Task.DETECTION;
            case DecoderConfig.Detr ignored -> Task.DETECTION;
            case DecoderConfig.TextMap ignored -> Task.TEXT_DETECTION;
            case DecoderConfig.SemanticMap ignored -> Task.SEGMENTATION;
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
