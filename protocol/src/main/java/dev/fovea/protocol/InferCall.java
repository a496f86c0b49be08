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
public record InferCall(String id, List<Tensor> inputs, List<WantedOutput> outputs, Options options) {

    public InferCall {
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

    /** The wish for an output; all outputs are wished for as they are when none was named. */
    WantedOutput wanted(String output) {
        return outputs.stream()
                .filter(wanted -> wanted.name().equals(output))
                .findFirst()
                .orElse(new WantedOutput(output, Optional.empty(), 0));
    }
}
