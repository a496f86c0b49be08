package dev.fovea.runtime.session;

import dev.fovea.model.tensor.Tensor;
import java.util.List;

/**
 * A network's outputs for one request.
 *
 * @param outputs in the network's order, with the request's images as their first axis
 * @param timings what the request waited and its run took
 */
public record InferenceOutput(List<Tensor> outputs, Timings timings) {}
