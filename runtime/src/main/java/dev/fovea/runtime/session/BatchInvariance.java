package dev.fovea.runtime.session;

import dev.fovea.fault.FoveaException;
import dev.fovea.model.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Whether an image's outputs are independent of the other images in its batch. Some networks normalise over the batch,
 * or have the batch size baked into a reshape; those must run one by one.
 */
public final class BatchInvariance {

    /** Kernels for other batch sizes add in another order; a network that mixes images is off by far more. */
    private static final double TOLERANCE = 1e-3;

    private static final int IMAGES = 3;
    private static final long SEED = 20_251_101;

    private BatchInvariance() {}

    /**
     * Runs a few inputs alone, together, and together with empty ones.
     *
     * @param sample inputs of one request {@code [1, …]}; others are made like it
     * @return why the network must not be batched, with the numbers; empty when it may
     */
    public static Optional<String> violation(Session session, List<Tensor> sample) {
        List<List<Tensor>> requests = new ArrayList<>();
        requests.add(sample);
        for (int i = 1; i < IMAGES; i++) {
            requests.add(shuffled(sample, SEED + i));
        }
        List<List<Tensor>> padded = new ArrayList<>(requests);
        padded.add(blank(sample));
        try {
            List<List<Tensor>> alone = requests.stream().map(session::run).toList();
            double together = difference(alone, batch(session, requests));
            double beside = difference(alone, batch(session, padded));
            return together <= TOLERANCE && beside <= TOLERANCE
                    ? Optional.empty()
                    : Optional.of(String.format(
                            Locale.ROOT,
                            "the same %d inputs give other outputs in a batch (off by %.2g of the largest) and beside an empty one (%.2g) than alone; %.2g is allowed",
                            IMAGES,
                            together,
                            beside,
                            TOLERANCE));
        } catch (FoveaException e) {
            return Optional.of("a batch of %d cannot be run: %s".formatted(IMAGES, e.getMessage()));
        }
    }

    private static List<List<Tensor>> batch(Session session, List<List<Tensor>> requests) {
        BatchBuilder assembly = new BatchBuilder();
        requests.forEach(inputs -> assembly.add(new Inference(
                inputs,
                1,
                Priority.NORMAL,
                Deadline.in(java.time.Duration.ofHours(1)),
                System.nanoTime(),
                new java.util.concurrent.CompletableFuture<>())));
        return OutputSlices.cut(session.run(assembly.tensors()), assembly.requests());
    }

    /** The largest difference, as a share of the largest value of the output it is in; at least of 1. */
    private static double difference(List<List<Tensor>> expected, List<List<Tensor>> found) {
        double largest = 0;
        for (int request = 0; request < expected.size(); request++) {
            for (int output = 0; output < expected.get(request).size(); output++) {
                largest = Math.max(
                        largest,
                        difference(
                                expected.get(request).get(output).floats(),
                                found.get(request).get(output).floats()));
            }
        }
        return largest;
    }

    private static double difference(float[] expected, float[] found) {
        if (expected.length != found.length) {
            return Double.POSITIVE_INFINITY; // as many values as the images have objects, say
        }
        double largest = 0;
        double scale = 1;
        for (int i = 0; i < expected.length; i++) {
            boolean same = Float.compare(expected[i], found[i]) == 0;
            double off = same ? 0 : Math.abs(expected[i] - found[i]);
            largest = Double.isNaN(off) ? Double.POSITIVE_INFINITY : Math.max(largest, off);
            scale = Float.isFinite(expected[i]) ? Math.max(scale, Math.abs(expected[i])) : scale;
        }
        return largest / scale;
    }

    /** The same values in another order: as plausible an input as the sample, and another one. */
    private static List<Tensor> shuffled(List<Tensor> sample, long seed) {
        return sample.stream()
                .map(tensor -> {
                    int size = tensor.type().size();
                    byte[] bytes = new byte[tensor.bytes().remaining()];
                    tensor.bytes().duplicate().get(bytes);
                    SplittableRandom random = new SplittableRandom(seed);
                    for (int i = bytes.length / size - 1; i > 0; i--) {
                        swap(bytes, size, i, random.nextInt(i + 1));
                    }
                    return withBytes(tensor, ByteBuffer.wrap(bytes));
                })
                .toList();
    }

    private static void swap(byte[] bytes, int size, int one, int other) {
        byte[] kept = Arrays.copyOfRange(bytes, one * size, (one + 1) * size);
        System.arraycopy(bytes, other * size, bytes, one * size, size);
        System.arraycopy(kept, 0, bytes, other * size, size);
    }

    private static List<Tensor> blank(List<Tensor> sample) {
        return sample.stream()
                .map(tensor ->
                        withBytes(tensor, ByteBuffer.allocate(tensor.bytes().remaining())))
                .toList();
    }

    private static Tensor withBytes(Tensor tensor, ByteBuffer bytes) {
        return new Tensor(tensor.name(), tensor.type(), tensor.shape(), bytes.order(ByteOrder.LITTLE_ENDIAN));
    }
}
