package dev.fovea.protocol;

import dev.fovea.model.tensor.Tensor;
import java.util.List;

/**
 * The response to an {@link InferRequest}.
 *
 * @param model that responded
 * @param version of the model
 * @param outputs as requested, in that order
 */
public record InferResponse(String model, String version, List<Tensor> outputs) {

    public InferResponse {
        outputs = List.copyOf(outputs);
    }
}
