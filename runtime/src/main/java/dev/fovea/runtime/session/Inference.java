package dev.fovea.runtime.session;

import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One request for a run.
 *
 * @param inputs a tensor for every input of the network
 * @param items the image count along their first axis
 * @param priority who goes first
 * @param deadline after which the request is dropped
 * @param arrival when it came, on the clock of {@link System#nanoTime}
 * @param response completed with the outputs; cancelling it withdraws the request
 */
public record Inference(
        List<Tensor> inputs,
        int items,
        Priority priority,
        Deadline deadline,
        long arrival,
        CompletableFuture<InferenceOutput> response) {

    /** Whether the request is still pending; fails it when its deadline has passed. */
    public boolean isWanted() {
        if (deadline.hasPassed()) {
            response.completeExceptionally(deadline.exceeded());
        }
        return !response.isDone();
    }

    /** Whether both can be laid in one batch: same inputs, same types, same shapes but for the first axis. */
    public boolean fits(Inference other) {
        if (inputs.size() != other.inputs.size()) {
            return false;
        }
        for (int i = 0; i < inputs.size(); i++) {
            if (!fits(inputs.get(i), other.inputs.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(Tensor one, Tensor other) {
        return one.type() == other.type()
                && one.type() != DataType.BYTES
                && one.name().equals(other.name())
                && one.shape().length == other.shape().length
                && Arrays.equals(one.shape(), 1, one.shape().length, other.shape(), 1, other.shape().length);
    }
}
