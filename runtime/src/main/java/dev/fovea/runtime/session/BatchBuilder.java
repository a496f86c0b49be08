package dev.fovea.runtime.session;

import dev.fovea.model.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests laid one after another in native memory, as they come, so that the batch is ready when the session is free.
 * A request that stays alone is read where it is, if that is native memory. One thread at a time; keeps its memory for
 * the next batch.
 */
public final class BatchBuilder {

    private final List<Inference> requests = new ArrayList<>();
    private final List<ByteBuffer> buffers = new ArrayList<>();
    private int items;

    /** Lays a request behind those that are there; it must fit them. */
    public void add(Inference request) {
        if (requests.size() == 1 && isNative(requests.getFirst())) {
            append(requests.getFirst());
        }
        if (!requests.isEmpty() || !isNative(request)) {
            append(request);
        }
        requests.add(request);
        items += request.items();
    }

    private static boolean isNative(Inference request) {
        return request.inputs().stream().allMatch(tensor -> tensor.bytes().isDirect());
    }

    private void append(Inference request) {
        for (int i = 0; i < request.inputs().size(); i++) {
            append(i, request.inputs().get(i).bytes());
        }
    }

    private void append(int input, ByteBuffer bytes) {
        if (input == buffers.size()) {
            buffers.add(direct(bytes.remaining()));
        }
        ByteBuffer target = buffers.get(input);
        if (target.remaining() < bytes.remaining()) {
            target = direct(Math.max(2 * target.capacity(), target.position() + bytes.remaining()))
                    .put(target.flip());
            buffers.set(input, target);
        }
        target.put(bytes.duplicate());
    }

    /** Lays out these requests instead. */
    public BatchBuilder of(List<Inference> others) {
        clear();
        others.forEach(this::add);
        return this;
    }

    /** Takes out who no longer waits; rarely is there one, and then the rest is laid out anew. */
    public void dropUnwanted() {
        List<Inference> wanted = requests.stream().filter(Inference::isWanted).toList();
        if (wanted.size() < requests.size()) {
            of(wanted);
        }
    }

    public void clear() {
        requests.clear();
        buffers.forEach(ByteBuffer::clear);
        items = 0;
    }

    /** The batch as tensors of {@code [items, …]}, over this builder's memory, or that of the only request. */
    public List<Tensor> tensors() {
        List<Tensor> tensors = new ArrayList<>();
        List<Tensor> first = requests.getFirst().inputs();
        if (requests.size() == 1 && isNative(requests.getFirst())) {
            return first;
        }
        for (int i = 0; i < first.size(); i++) {
            Tensor one = first.get(i);
            long[] shape = one.shape().clone();
            if (requests.size() > 1) {
                shape[0] = items;
            }
            tensors.add(new Tensor(
                    one.name(), one.type(), shape, buffers.get(i).duplicate().flip()));
        }
        return tensors;
    }

    /** The first request, which the others must fit; null when there is none. */
    @Nullable
    public Inference first() {
        return requests.isEmpty() ? null : requests.getFirst();
    }

    public List<Inference> requests() {
        return List.copyOf(requests);
    }

    public int items() {
        return items;
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
