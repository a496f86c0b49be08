package dev.fovea.runtime.session;

import dev.fovea.fault.FoveaException;
import dev.fovea.model.embedding.EmbeddingOutput;
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
 * Checks that the outputs of an image do not depend on the other images in its batch. Some networks normalize over the
 * batch or have a fixed batch size in a reshape. They run with batch size 1.
 */
public final class BatchInvariance {

    /**
     * Tolerance for another summation order in kernels of other batch sizes; networks that mix images differ by far
     * more.
     */
    private static final double TOLERANCE = 1e-3;

    private static final int IMAGES = 3;
    private static final long SEED = 20_251_101;

    private BatchInvariance() {}

    /**
     * Runs a few inputs alone, in a batch, and in a batch with an empty input.
     *
     * @param sample inputs of one request {@code [1, …]}; the others are shuffled copies
     * @return why the network must not be batched, with the differences; empty when it may
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
            double batched = difference(alone, batch(session, requests));
            double withBlank = difference(alone, batch(session, padded));
            return batched <= TOLERANCE && withBlank <= TOLERANCE
                    ? Optional.empty()
                    : Optional.of(String.format(
                            Locale.ROOT,
                            "%d inputs have other outputs in a batch than alone: the relative difference is %.2g, with an empty input %.2g, and must not exceed %.2g",
                            IMAGES,
                            batched,
                            withBlank,
                            TOLERANCE));
        } catch (FoveaException e) {
            return Optional.of("a batch of %d cannot be run: %s".formatted(IMAGES, e.getMessage()));
        }
    }

    private static List<List<Tensor>> batch(Session session, List<List<Tensor>> requests) {
        BatchBuilder builder = new BatchBuilder();
        requests.forEach(inputs -> builder.add(new Inference(
                inputs,
                1,
                Priority.NORMAL,
                Deadline.in(java.time.Duration.ofHours(1)),
                System.nanoTime(),
                new java.util.concurrent.CompletableFuture<>())));
        return OutputSlices.cut(session.run(builder.tensors()), builder.requests());
    }

    /** The largest difference, as a share of the largest value of the output it is in; at least of 1. */
    private static double difference(List<List<Tensor>> expected, List<List<Tensor>> found) {
        double largest = 0;
        for (int request = 0; request < expected.size(); request++) {
            for (int output = 0; output < expected.get(request).size(); output++) {
                if (expected.get(request).get(output).name().equals(EmbeddingOutput.NAME)) {
                    continue; // no caller sees it, and a whitened value may differ by more than what it is made of
                }
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
