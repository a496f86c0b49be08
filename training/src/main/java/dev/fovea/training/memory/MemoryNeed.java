package dev.fovea.training.memory;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;

/**
 * What a training process needs of memory, in bytes, estimated before it decodes an image. The factors were fitted to
 * peaks of resident memory that were measured; the estimate is meant to lie above the peak.
 *
 * @param program virtual machine and libraries
 * @param images decoded images on the heap
 * @param weights with their gradients, two moments, their average and the best ones so far
 * @param batch values of the network for the largest batch, with what is kept for the way back
 */
public record MemoryNeed(long program, long images, long weights, long batch) {

    private static final long MB = 1_000_000;
    private static final long PROGRAM = 400 * MB;
    private static final int BYTES = Float.BYTES;

    /** Weights, gradients, two moments of AdamW, their average, and the best so far. */
    private static final int COPIES = 6;

    /** Values that are kept for the way back, their gradients, and what operators need in between. */
    private static final double LEARNING = 2.5;

    /** Values of a forward pass, which are freed at its end. */
    private static final double PREDICTING = 1.5;

    /**
     * The need of a training.
     *
     * @param parameters learned values of the network
     * @param values of all tensors for one image of the size that is learned from
     * @param batchSize images per step
     * @param validationValues of all tensors for one batch of validation images
     * @param imageBytes of all decoded images
     */
    public static MemoryNeed of(long parameters, long values, int batchSize, long validationValues, long imageBytes) {
        double learning = LEARNING * values * batchSize;
        double predicting = PREDICTING * validationValues;
        return new MemoryNeed(
                PROGRAM, imageBytes, COPIES * parameters * BYTES, (long) (BYTES * Math.max(learning, predicting)));
    }

    /** The error of a process that ran out of memory; {@code how} that showed. */
    public static FoveaException exhausted(String how) {
        return new FoveaException(
                ErrorCode.MEMORY_INSUFFICIENT,
                "The training process ran out of memory. %s; nothing was registered. Use a smaller network or smaller images (--edge), fit the head alone (--fit head), stop other programs, or give the machine or its container more memory."
                        .formatted(how));
    }

    /** All together. */
    public long bytes() {
        return program + images + weights + batch;
    }

    /**
     * Refuses what does not fit.
     *
     * @param available of the machine, or of its container's limit, for this process
     * @throws FoveaException {@code MEMORY_INSUFFICIENT} with what takes the most, and the remedy
     */
    public void requireWithin(long available) {
        if (bytes() > available) {
            throw new FoveaException(
                    ErrorCode.MEMORY_INSUFFICIENT,
                    "The training needs about %,d MB of memory (%,d MB for a batch, %,d MB for weights, %,d MB for decoded images), and %,d MB can be had. %s, or give the machine or its container more memory."
                            .formatted(
                                    bytes() / MB,
                                    batch / MB,
                                    weights / MB,
                                    images / MB,
                                    Math.max(0, available) / MB,
                                    images > batch
                                            ? "Use fewer images or smaller ones (--edge)"
                                            : "Use a smaller network or smaller images (--edge), or fit the head alone (--fit head)"));
        }
    }
}
