package dev.fovea.runtime;

import dev.fovea.imaging.Contract;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A session with the shape it is fed and the native buffer that its batches are laid out in. One thread at a time: the
 * batcher's owner, or whoever loads the model before the batcher exists. Owns the session.
 */
final class Network implements AutoCloseable {

    private final Session session;
    private final long[] shape;
    private final int pictureBytes;
    private final int maxBatch;
    private ByteBuffer buffer;

    Network(Session session, Contract contract, int maxBatch) {
        this.session = session;
        this.shape =
                contract.outputShape().stream().mapToLong(Integer::longValue).toArray();
        this.pictureBytes = contract.outputBytes();
        this.maxBatch = maxBatch;
        this.buffer = direct(pictureBytes);
    }

    /** Outputs in the order of the tensors. */
    float[][] run(List<ByteBuffer> tensors) {
        if (buffer.capacity() < tensors.size() * pictureBytes) {
            buffer = direct(tensors.size() * pictureBytes);
        }
        buffer.clear();
        tensors.forEach(tensor -> buffer.put(tensor.duplicate()));
        return session.run(buffer.flip(), tensors.size(), shape);
    }

    /** Runs the smallest and the largest batch once, so that the first caller does not pay for first-time work. */
    void warmUp() {
        ByteBuffer blank = ByteBuffer.allocate(pictureBytes);
        run(List.of(blank));
        run(java.util.Collections.nCopies(maxBatch, blank));
    }

    int pictureBytes() {
        return pictureBytes;
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() {
        session.close();
    }
}
