package dev.fovea.runtime.session;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** A batch's outputs cut back into those of its requests; the bytes are shared, not copied. */
public final class OutputSlices {

    private OutputSlices() {}

    /**
     * The outputs of each request, in order.
     *
     * @throws FoveaException {@code INFERENCE_FAILED} when an output's first axis is not the batch's
     */
    public static List<List<Tensor>> cut(List<Tensor> outputs, List<Inference> requests) {
        if (requests.size() == 1) {
            return List.of(outputs);
        }
        List<List<Tensor>> cut = new ArrayList<>();
        int items = requests.stream().mapToInt(Inference::items).sum();
        outputs.forEach(output -> requireBatch(output, items));
        int from = 0;
        for (Inference request : requests) {
            int start = from;
            cut.add(outputs.stream()
                    .map(output -> slice(output, start, request.items(), items))
                    .toList());
            from += request.items();
        }
        return cut;
    }

    /** Some images of an output {@code [whole, …]}. */
    static Tensor slice(Tensor output, int from, int count, int whole) {
        long[] shape = output.shape().clone();
        shape[0] = count;
        int each = output.bytes().remaining() / whole;
        return new Tensor(output.name(), output.type(), shape, output.bytes().slice(from * each, count * each));
    }

    private static void requireBatch(Tensor output, int items) {
        if (output.shape().length == 0 || output.shape()[0] != items || output.type() == DataType.BYTES) {
            throw new FoveaException(
                    ErrorCode.INFERENCE_FAILED,
                    "The output %s of a batch of %d cannot be split by image.".formatted(output, items));
        }
    }
}
