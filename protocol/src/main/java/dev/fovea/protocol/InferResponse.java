package dev.fovea.protocol;

import dev.fovea.model.tensor.Tensor;
import java.util.List;

/**
 * The answer to an {@link InferRequest}.
 *
 * @param model who answered
 * @param version of the model
 * @param outputs as asked for, in that order
 */
public record InferResponse(String model, String version, List<Tensor> outputs) {

    public InferResponse {
        outputs = List.copyOf(outputs);
    }
}
