package dev.fovea.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.fovea.training.graph.InputScaling;
import dev.fovea.training.graph.TrainableGraph;
import java.util.List;

/** Looks how a graph does on images that it does not learn from. */
final class Validation {

    /**
     * How it did.
     *
     * @param accuracy share of images whose highest score is their label's, 0 to 1
     * @param loss mean cross-entropy in nats; with soft labels, between them and the prediction
     */
    record Score(double accuracy, double loss) {

        /** Less loss: accuracy on some hundred images jumps by chance, and the luckiest epoch is not the best one. */
        boolean betterThan(Score other) {
            return loss < other.loss;
        }
    }

    private final PixelCache images;
    private final InputScaling scaling;
    private final int batchSize;

    Validation(PixelCache images, InputScaling scaling, int batchSize) {
        this.images = images;
        this.scaling = scaling;
        this.batchSize = batchSize;
    }

    /** Runs all images; {@code alive} is called after each batch. */
    Score run(NDManager root, TrainableGraph graph, Runnable alive) {
        int right = 0;
        double loss = 0;
        for (int from = 0; from < images.count(); from += batchSize) {
            int to = Math.min(from + batchSize, images.count());
            List<Sample> samples = images.samples().subList(from, to);
            try (NDManager pass = root.newSubManager()) {
                NDArray scores = graph.forward(scaling.tensor(pass, joined(from, to), to - from, images.size()), false);
                float[] logs = scores.logSoftmax(1).toFloatArray();
                int classes = logs.length / samples.size();
                for (int i = 0; i < samples.size(); i++) {
                    right += highest(logs, i * classes, classes)
                                    == samples.get(i).label()
                            ? 1
                            : 0;
                    double[] probabilities = samples.get(i).probabilities(classes);
                    for (int c = 0; c < classes; c++) {
                        loss -= probabilities[c] * logs[i * classes + c];
                    }
                }
            }
            alive.run();
        }
        return new Score(right / (double) images.count(), loss / images.count());
    }

    private byte[] joined(int from, int to) {
        int each = images.imageBytes();
        byte[] joined = new byte[(to - from) * each];
        for (int i = from; i < to; i++) {
            System.arraycopy(images.pixels().get(i), 0, joined, (i - from) * each, each);
        }
        return joined;
    }

    private static int highest(float[] values, int from, int count) {
        int highest = 0;
        for (int c = 1; c < count; c++) {
            if (values[from + c] > values[from + highest]) {
                highest = c;
            }
        }
        return highest;
    }
}
