package dev.fovea.traffic;

import dev.fovea.imaging.ImageHeader;
import dev.fovea.model.decoder.Task;
import dev.fovea.model.decoder.TaskHead;
import dev.fovea.runtime.decoding.PredictionResult;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a model predicted, as it is kept. */
public sealed interface PredictedOutput {

    /** The number of labels that are kept of a classification. */
    int TOP = 5;

    /** The number of objects that are kept of an image. */
    int MAX_BOXES = 100;

    /**
     * One label per image.
     *
     * @param top the best labels, at most {@value #TOP}, best first
     * @param entropy of all probabilities, in nats
     */
    record TopLabels(List<LoggedLabel> top, float entropy) implements PredictedOutput {
        public TopLabels {
            top = List.copyOf(top);
        }

        @Override
        public Task task() {
            return Task.CLASSIFICATION;
        }

        @Override
        public List<LoggedLabel> labels() {
            return top.subList(0, Math.min(1, top.size()));
        }

        /** The difference of the two best probabilities; 1 for a model with one label. */
        public float margin() {
            return top.size() < 2 ? 1 : top.getFirst().score() - top.get(1).score();
        }
    }

    /**
     * Any number of labels per image.
     *
     * @param applying labels whose probability reaches the threshold, best first
     * @param entropy the mean over all labels of the entropy of each label's probability, in nats
     */
    record ManyLabels(List<LoggedLabel> applying, float entropy) implements PredictedOutput {
        public ManyLabels {
            applying = List.copyOf(applying);
        }

        @Override
        public Task task() {
            return Task.MULTI_LABEL;
        }

        @Override
        public List<LoggedLabel> labels() {
            return applying;
        }
    }

    /**
     * One label per image for each task.
     *
     * @param labels the best label of each task, with the task's name as in {@link TaskHead#qualified}
     * @param entropy the mean over all tasks of the entropy of the task's probabilities, in nats
     */
    record TaskLabels(List<LoggedLabel> labels, float entropy) implements PredictedOutput {
        public TaskLabels {
            labels = List.copyOf(labels);
        }

        @Override
        public Task task() {
            return Task.MULTI_TASK;
        }

        /** Whether the label of each task is the true one, by task; only tasks that the truth says something of. */
        public SortedMap<String, Boolean> judged(Collection<String> truth) {
            SortedMap<String, Boolean> judged = new TreeMap<>();
            for (String label : truth) {
                judged.put(
                        TaskHead.task(label),
                        labels.stream().anyMatch(own -> own.label().equals(label)));
            }
            return judged;
        }
    }

    /**
     * FoundObjects in the image.
     *
     * @param task detection, instance segmentation or text detection
     * @param boxes at most {@value #MAX_BOXES}, best first
     * @param count of all objects
     */
    record FoundObjects(Task task, List<LoggedBox> boxes, int count) implements PredictedOutput {
        public FoundObjects {
            boxes = List.copyOf(boxes);
        }

        @Override
        public List<LoggedLabel> labels() {
            return boxes.stream()
                    .map(box -> new LoggedLabel(box.label(), box.score()))
                    .toList();
        }
    }

    /**
     * A label for every pixel.
     *
     * @param shares the share of the image's pixels of each class that it shows, largest first
     */
    record Regions(List<LoggedLabel> shares) implements PredictedOutput {
        public Regions {
            shares = shares.stream()
                    .sorted(Comparator.comparing(LoggedLabel::score).reversed())
                    .toList();
        }

        @Override
        public Task task() {
            return Task.SEGMENTATION;
        }

        @Override
        public List<LoggedLabel> labels() {
            return shares;
        }
    }

    /** A result without labels: an embedding, or tensors. */
    record Unlabelled(Task task) implements PredictedOutput {
        @Override
        public List<LoggedLabel> labels() {
            return List.of();
        }
    }

    /** What is kept of a result for an image. */
    static PredictedOutput of(PredictionResult result, ImageHeader image) {
        return PredictionRows.output(result, image);
    }

    /** The model's task. */
    Task task();

    /** The labels that the prediction states, best first: one for a classifier, one per object for a detector. */
    List<LoggedLabel> labels();

    /** The first of {@link #labels}. */
    default Optional<LoggedLabel> best() {
        return labels().stream().findFirst();
    }
}
