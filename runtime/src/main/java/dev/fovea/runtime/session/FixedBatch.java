package dev.fovea.runtime.session;

import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.model.tensor.TensorMetadata;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Runs any number of images on a graph that takes a fixed number of them. Pure. */
final class FixedBatch {

    private FixedBatch() {}

    /** The first axis that all inputs and outputs share, where it is fixed above one; 1 otherwise. */
    static int of(List<TensorMetadata> inputs, List<TensorMetadata> outputs) {
        long batch = first(inputs.getFirst());
        boolean shared = inputs.stream().allMatch(input -> first(input) == batch)
                && outputs.stream().allMatch(output -> first(output) == batch);
        return shared && batch > 1 && batch <= Integer.MAX_VALUE ? (int) batch : 1;
    }

    private static long first(TensorMetadata tensor) {
        return tensor.shape().length == 0 || tensor.type() == DataType.BYTES ? 1 : tensor.shape()[0];
    }

    /** Whether these are another number of images than the graph takes. */
    static boolean isNeeded(List<Tensor> feeds, int batch) {
        return batch > 1
                && !feeds.isEmpty()
                && feeds.stream().allMatch(tensor -> tensor.shape().length > 0)
                && feeds.getFirst().shape()[0] > 0
                && feeds.getFirst().shape()[0] != batch
                && feeds.stream()
                        .allMatch(
                                tensor -> tensor.shape()[0] == feeds.getFirst().shape()[0]);
    }

    /**
     * The outputs of all images, in their order.
     *
     * @param feeds inputs {@code [n, …]} of the same n
     * @param batch the graph's batch size
     * @param graph runs that many
     */
    static List<Tensor> run(List<Tensor> feeds, int batch, UnaryOperator<List<Tensor>> graph) {
        int items = Math.toIntExact(feeds.getFirst().shape()[0]);
        List<List<Tensor>> parts = new ArrayList<>();
        for (int from = 0; from < items; from += batch) {
            int start = from;
            int count = Math.min(batch, items - from);
            List<Tensor> filled = feeds.stream()
                    .map(tensor -> filled(OutputSlices.slice(tensor, start, count, items), count, batch))
                    .toList();
            parts.add(graph.apply(filled).stream()
                    .map(output -> OutputSlices.slice(output, 0, count, batch))
                    .toList());
        }
        List<Tensor> whole = new ArrayList<>();
        for (int output = 0; output < parts.getFirst().size(); output++) {
            int index = output;
            whole.add(joined(parts.stream().map(part -> part.get(index)).toList(), items));
        }
        return whole;
    }

    /** With zeros behind what there is. */
    private static Tensor filled(Tensor tensor, int count, int batch) {
        int each = tensor.bytes().remaining() / count;
        ByteBuffer bytes = ByteBuffer.allocateDirect(Math.multiplyExact(each, batch))
                .put(tensor.bytes().duplicate())
                .rewind();
        return new Tensor(tensor.name(), tensor.type(), withFirst(tensor, batch), bytes);
    }

    private static Tensor joined(List<Tensor> parts, int items) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        int bytes = parts.stream().mapToInt(part -> part.bytes().remaining()).sum();
        ByteBuffer all = ByteBuffer.allocate(bytes);
        parts.forEach(part -> all.put(part.bytes().duplicate()));
        Tensor first = parts.getFirst();
        return new Tensor(first.name(), first.type(), withFirst(first, items), all.flip());
    }

    private static long[] withFirst(Tensor tensor, int length) {
        long[] shape = tensor.shape().clone();
        shape[0] = length;
        return shape;
    }
}
