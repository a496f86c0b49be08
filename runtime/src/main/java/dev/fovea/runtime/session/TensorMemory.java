package dev.fovea.runtime.session;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Native memory for the tensors of images that wait for their turn, used again and again. On the heap they would wait
 * for long enough to grow old there, and under load the heap would grow to several times what waits. What was used last
 * is used next, so that memory which only a long line needed stays cold. Beyond a bound tensors do go to the heap.
 * Thread-safe.
 */
public final class TensorMemory {

    /** Of one model; some two hundred tensors of 224 × 224. */
    private static final long MAX_BYTES = 128 << 20;

    private final int bytes;
    private final int most;
    private final AtomicInteger made = new AtomicInteger();
    private final Deque<ByteBuffer> free = new ConcurrentLinkedDeque<>();

    /** Memory for tensors of so many bytes each. */
    public TensorMemory(int bytes) {
        this(bytes, (int) (MAX_BYTES / Math.max(1, bytes)));
    }

    public TensorMemory(int bytes, int most) {
        this.bytes = bytes;
        this.most = most;
    }

    /** A buffer for one tensor with undefined contents; return it once. */
    public ByteBuffer take() {
        ByteBuffer known = free.pollFirst();
        if (known != null) {
            return known.clear();
        }
        boolean mayGrow = made.getAndUpdate(count -> Math.min(count + 1, most)) < most;
        return (mayGrow ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes)).order(ByteOrder.nativeOrder());
    }

    /** Returns a buffer that is no longer read. */
    public void give(ByteBuffer tensor) {
        if (tensor.isDirect()) {
            free.addFirst(tensor);
        }
    }
}
