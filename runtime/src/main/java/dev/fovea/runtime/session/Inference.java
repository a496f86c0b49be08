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
 * @param items how many images they hold along their first axis
 * @param priority who goes first
 * @param deadline after which nobody waits
 * @param arrival when it came, on the clock of {@link System#nanoTime}
 * @param answer completed with the outputs; one that is done already, cancelled say, takes the request back
 */
public record Inference(
        List<Tensor> inputs,
        int items,
        Priority priority,
        Deadline deadline,
        long arrival,
        CompletableFuture<InferenceOutput> answer) {

    /** Whether somebody still waits; who does not is told so. */
    public boolean isWanted() {
        if (deadline.hasPassed()) {
            answer.completeExceptionally(deadline.exceeded());
        }
        return !answer.isDone();
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
