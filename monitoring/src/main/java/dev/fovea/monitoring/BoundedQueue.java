package dev.fovea.monitoring;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * A bounded queue without locks: any threads offer, one at a time drains. A full queue refuses at once.
 *
 * <p>Source: D. Vyukov, "Bounded MPMC queue" (1024cores.net), with the consumer's side reduced to one thread. Each slot
 * carries a ticket: equal to the position when free for it, position + 1 when filled.
 */
final class BoundedQueue<T> {

    private final AtomicReferenceArray<T> slots;
    private final AtomicLongArray tickets;
    private final AtomicLong tail = new AtomicLong();
    private final int mask;
    private long head; // owned by whoever drains

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

    /** Hands over at most {@code limit} items in order and returns how many; never called by two threads at once. */
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
