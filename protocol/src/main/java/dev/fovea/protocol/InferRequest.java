package dev.fovea.protocol;

import dev.fovea.model.tensor.Tensor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An inference request, of any transport.
 *
 * @param id the caller's own, echoed; may be empty
 * @param inputs in the order in which they were sent
 * @param outputs the requested ones; empty means all
 * @param options of the whole request
 */
public record InferRequest(String id, List<Tensor> inputs, List<RequestedOutput> outputs, Options options) {

    public InferRequest {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * Options of the whole request.
     *
     * @param binary whether outputs are binary data by default
     * @param priority the level: 1 is the highest, 0 is the default
     * @param timeout of the request, if given
     */
    public record Options(boolean binary, long priority, Optional<Duration> timeout) {

        /** JSON, with the default priority and timeout of the server. */
        public static final Options DEFAULT = new Options(false, 0, Optional.empty());
    }

    /** The request for an output; unnamed outputs have no options. */
    RequestedOutput requested(String output) {
        return outputs.stream()
                .filter(one -> one.name().equals(output))
                .findFirst()
                .orElse(new RequestedOutput(output, Optional.empty(), 0));
    }
}
