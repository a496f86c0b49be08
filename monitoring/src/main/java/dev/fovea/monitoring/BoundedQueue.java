package dev.fovea.monitoring;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * A bounded queue without locks: any threads offer, one at a time drains. Offering to a full queue fails at once.
 *
 * <p>Source: D. Vyukov, "Bounded MPMC queue" (1024cores.net), with one consumer thread. Each slot has a ticket: the
 * position when free, position + 1 when filled.
 */
final class BoundedQueue<T> {

    private final AtomicReferenceArray<T> slots;
    private final AtomicLongArray tickets;
    private final AtomicLong tail = new AtomicLong();
    private final int mask;
    private long head; // owned by the draining thread

    /** @param capacity a power of two */
    BoundedQueue(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity " + capacity + " is no power of two");
        }
        slots = new AtomicReferenceArray<>(capacity);
        tickets = new AtomicLongArray(capacity);
        mask = capacity - 1;
        for (int i = 0; i < capacity; i++) {
            tickets.set(i, i);
        }
    }

    /** Puts an item in; false when there is no room. */
    boolean offer(T item) {
        long position = tail.get();
        while (true) {
            int slot = (int) (position & mask);
            long lag = tickets.getAcquire(slot) - position;
            if (lag < 0) {
                return false;
            }
            if (lag == 0 && tail.compareAndSet(position, position + 1)) {
                slots.setPlain(slot, item);
                tickets.setRelease(slot, position + 1);
                return true;
            }
            position = tail.get();
        }
    }

    /** Drains at most {@code limit} items in order and returns their number. Single consumer. */
    int drain(Consumer<? super T> consumer, int limit) {
        int taken = 0;
        while (taken < limit) {
            int slot = (int) (head & mask);
            if (tickets.getAcquire(slot) != head + 1) {
                break; // empty, or its producer is still writing
            }
            T item = slots.getPlain(slot);
            slots.setPlain(slot, null);
            tickets.setRelease(slot, head + mask + 1);
            head++;
            taken++;
            consumer.accept(item);
        }
        return taken;
    }
}
