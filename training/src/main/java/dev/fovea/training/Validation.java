package dev.fovea.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.fovea.imaging.Size;
import dev.fovea.statistics.TemperatureScaling;
import dev.fovea.training.graph.InputScaling;
import dev.fovea.training.graph.TrainableGraph;
import dev.fovea.training.operator.GraphMode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Looks how a graph does on images that it does not learn from. */
final class Validation {

    /**
     * How it did.
     *
     * @param accuracy share of images whose highest score is their label's, 0 to 1
     * @param loss mean cross-entropy in nats; with soft labels, between them and the prediction
     * @param calibratedLoss mean cross-entropy of the labels after temperature scaling, which compares networks that
     *     were learned with other losses
     */
    record Score(double accuracy, double loss, double calibratedLoss) {

        /** Less loss: accuracy on some hundred images jumps by chance, and the luckiest epoch is not the best one. */
        boolean betterThan(Score other) {
            return loss < other.loss;
        }

        /** Less loss whatever the loss was that it learned by, and as many right. */
        boolean surelyBetterThan(Score other) {
            return calibratedLoss < other.calibratedLoss && accuracy >= other.accuracy;
        }
    }

    private static final int MAX_BATCH = 32;
    private static final long PIXELS = MAX_BATCH * 128L * 128;

    private final PixelCache images;
    private final InputScaling scaling;
    private final int batchSize;

    /** A validation in batches whose values fit into some hundred megabytes, also of large images. */
    Validation(PixelCache images, InputScaling scaling) {
        this.images = images;
        this.scaling = scaling;
        this.batchSize = batchSizeFor(images.size());
    }

    /** Images per batch, of a size. */
    static int batchSizeFor(Size size) {
        return Math.clamp(PIXELS / ((long) size.width() * size.height()), 4, MAX_BATCH);
    }

    /** Number of images. */
    int count() {
        return images.count();
    }

    /** Runs all images; {@code alive} is called after each batch. Empty where a score is no number. */
    Optional<Score> run(NDManager root, TrainableGraph graph, Runnable alive) {
        return run(root, graph, Map.of(), alive);
    }

    /** The same with other weights than the graph's own, such as their average. */
    Optional<Score> run(NDManager root, TrainableGraph graph, Map<String, NDArray> weights, Runnable alive) {
        double[][] all = new double[images.count()][];
        int right = 0;
        double loss = 0;
        for (int from = 0; from < images.count(); from += batchSize) {
            int to = Math.min(from + batchSize, images.count());
            List<Sample> samples = images.samples().subList(from, to);
            try (NDManager pass = root.newSubManager()) {
                NDArray input = scaling.tensor(pass, joined(from, to), to - from, images.size());
                NDArray scores = graph.forward(input, GraphMode.INFERENCE, weights);
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
                    int first = i * classes;
                    all[from + i] = IntStream.range(0, classes)
                            .mapToDouble(c -> logs[first + c])
                            .toArray();
                }
            }
            alive.run();
        }
        if (Arrays.stream(all).flatMapToDouble(Arrays::stream).anyMatch(log -> !Double.isFinite(log))) {
            return Optional.empty();
        }
        int[] labels = images.samples().stream().mapToInt(Sample::label).toArray();
        return Optional.of(new Score(
                right / (double) images.count(),
                loss / images.count(),
                TemperatureScaling.fit(all, labels).lossAfter()));
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
