package dev.fovea.runtime.session;

import dev.fovea.model.tensor.Tensor;
import java.util.List;

/** An instance of the model: runs a batch of tensors; owned by the batcher. */
public interface BatchRunner extends AutoCloseable {

    /** Outputs with the batch as their first axis, in a fixed order. */
    List<Tensor> run(List<Tensor> batch);

    /** Makes a run under way end as soon as it can. */
    void terminate();

    @Override
    void close();
}
