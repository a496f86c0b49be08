package dev.fovea.protocol;

import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A request for inference, however it was sent.
 *
 * @param id the caller's own, echoed; empty when there is none
 * @param inputs in the order in which they were sent
 * @param outputs those asked for; none asked for means all
 * @param options what holds for the whole request
 */
public record InferRequest(String id, List<Tensor> inputs, List<RequestedOutput> outputs, Options options) {

    public InferRequest {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * What holds for the whole request.
     *
     * @param binary whether outputs that do not say otherwise come as bytes behind the JSON
     * @param priority who goes first when requests wait
     * @param timeout after which nobody waits, where the caller says so
     */
    public record Options(boolean binary, Priority priority, Optional<Duration> timeout) {

        /** JSON, usual priority, the server's own timeout. */
        public static final Options USUAL = new Options(false, Priority.NORMAL, Optional.empty());
    }

    /** How an output is requested; all are requested as they are when none is named. */
    RequestedOutput requested(String output) {
        return outputs.stream()
                .filter(one -> one.name().equals(output))
                .findFirst()
                .orElse(new RequestedOutput(output, Optional.empty(), 0));
    }
}
