package dev.fovea.serving;

import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Priority;
import java.util.List;

/**
 * Tensors for a model.
 *
 * @param inputs one for each input of the network
 * @param priority in the queue
 * @param deadline of the response
 * @param details what the caller says besides
 */
public record TensorRequest(
        PredictionTarget target, List<Tensor> inputs, Priority priority, Deadline deadline, RequestDetails details) {

    public TensorRequest {
        inputs = List.copyOf(inputs);
    }

    /** What decides about the side of a canary where no key does: the first input's bytes. */
    public byte[] identity() {
        if (inputs.isEmpty()) {
            return new byte[0];
        }
        byte[] bytes = new byte[inputs.getFirst().bytes().remaining()];
        inputs.getFirst().bytes().duplicate().get(bytes);
        return bytes;
    }
}
