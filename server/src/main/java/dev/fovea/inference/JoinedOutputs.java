package dev.fovea.inference;

import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.InferenceOutput;
import dev.fovea.runtime.session.Timings;
import dev.fovea.serving.TensorResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The outputs of several requests as those of one. */
final class JoinedOutputs {

    private JoinedOutputs() {}

    /** Outputs laid one after another along their first axis; timings are those of the slowest. */
    static TensorResponse of(List<TensorResponse> responses) {
        List<Tensor> joined = new ArrayList<>();
        int outputs = responses.getFirst().inferred().outputs().size();
        for (int i = 0; i < outputs; i++) {
            int index = i;
            joined.add(join(responses.stream()
                    .map(response -> response.inferred().outputs().get(index))
                    .toList()));
        }
        Timings slowest = responses.stream()
                .map(response -> response.inferred().timings())
                .max(java.util.Comparator.comparingLong(Timings::total))
                .orElseThrow();
        return new TensorResponse(responses.getFirst().version(), new InferenceOutput(joined, slowest));
    }

    private static Tensor join(List<Tensor> tensors) {
        Tensor first = tensors.getFirst();
        int size =
                tensors.stream().mapToInt(tensor -> tensor.bytes().remaining()).reduce(0, Math::addExact);
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        tensors.forEach(tensor -> bytes.put(tensor.bytes().duplicate()));
        long[] shape = first.shape().clone();
        shape[0] = tensors.stream().mapToLong(tensor -> tensor.shape()[0]).sum();
        return new Tensor(first.name(), first.type(), shape, bytes.flip());
    }
}
