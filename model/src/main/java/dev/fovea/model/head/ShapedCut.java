package dev.fovea.model.head;

import dev.fovea.model.graph.EmbeddingTensor;
import dev.fovea.model.graph.EmbeddingTensor.Channels;
import dev.fovea.model.tensor.DataType;
import java.util.List;

/**
 * A place to cut a network at, whose shape a run has told.
 *
 * @param tensor the features
 * @param parameters learned numbers of the network up to here
 * @param shape in the run, two axes or more
 * @param type {@code FP32} or {@code FP16}
 */
public record ShapedCut(EmbeddingTensor tensor, long parameters, List<Long> shape, DataType type) {

    public ShapedCut {
        shape = List.copyOf(shape);
    }

    /** D. */
    public int features() {
        return Math.toIntExact(tensor.channels() == Channels.SECOND ? shape.get(1) : shape.getLast());
    }

    long[] axes() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }
}
