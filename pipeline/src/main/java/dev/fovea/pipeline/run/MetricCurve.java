package dev.fovea.pipeline.run;

import java.util.List;

/**
 * The history of a metric.
 *
 * @param metric its name, as {@code train_loss}
 * @param points in the order of their steps
 */
public record MetricCurve(String metric, List<MetricPoint> points) {

    /** Mean cross-entropy of training batches. */
    public static final String TRAIN_LOSS = "train_loss";
    /** Mean cross-entropy of validation images. */
    public static final String VALIDATION_LOSS = "val_loss";
    /** Share of validation images that are predicted right. */
    public static final String VALIDATION_ACCURACY = "val_accuracy";
    /** Of the last layer. */
    public static final String LEARNING_RATE = "learning_rate";
    /** Training rate. */
    public static final String IMAGES_PER_SECOND = "images_per_second";

    public MetricCurve {
        points = List.copyOf(points);
    }

    /**
     * A value of the metric.
     *
     * @param step steps taken so far
     * @param epoch counted from 1; 0 before the first
     * @param seconds since the training process began
     */
    public record MetricPoint(int step, int epoch, double seconds, double value) {}
}
