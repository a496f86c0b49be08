package dev.fovea.runtime.batching;

import dev.fovea.fault.FoveaException;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Priority;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Admission control of one model. It limits items, bytes (the model's and the program's) and the expected wait by the
 * measured service rate. It runs before an image is decoded, so that refusing is cheap and early. Thread-safe; one
 * short lock.
 */
public final class Admission {

    /** Weight of the newest measurement; the mean covers about 50 responses. */
    private static final double WEIGHT = 0.02;

    /** The minimum count of responses before the expected wait can refuse a request. */
    private static final int MIN_RESPONSES = 8;

    private final BatchSettings.Bounds bounds;
    private final ByteBudget own;
    private final ByteBudget program;
    private final LongSupplier nanoClock;
    private int items;
    private long responses;
    private double nanosPerItem;

    public Admission(BatchSettings.Bounds bounds, ByteBudget program) {
        this(bounds, program, System::nanoTime);
    }

    Admission(BatchSettings.Bounds bounds, ByteBudget program, LongSupplier nanoClock) {
        this.bounds = bounds;
        this.nanoClock = nanoClock;
        this.own = new ByteBudget(bounds.bytes());
        this.program = program;
    }

    /** An admitted request; closing it twice does nothing. */
    public final class Ticket implements AutoCloseable {
        private final int ahead;
        private final int count;
        private final long bytes;
        private final long start = nanoClock.getAsLong();
        private boolean open = true;

        private Ticket(int ahead, int count, long bytes) {
            this.ahead = ahead;
            this.count = count;
            this.bytes = bytes;
        }

        int count() {
            return count;
        }

        /** Records the request's completion for the service rate. */
        public void completed() {
            synchronized (Admission.this) {
                double perItem = (double) (nanoClock.getAsLong() - start) / (ahead + count);
                // the first responses are slow, as nothing is compiled yet: each later one weighs more than the one
                // before
                responses++;
                nanosPerItem += Math.max(WEIGHT, 2.0 / (responses + 1)) * (perItem - nanosPerItem);
            }
        }

        /** Makes room. */
        @Override
        public void close() {
            synchronized (Admission.this) {
                if (!open) {
                    return;
                }
                open = false;
                items -= count;
            }
            own.give(bytes);
            program.give(bytes);
        }
    }

    /**
     * Admits a request; {@code OVERLOADED} with the time after which there should be room.
     *
     * @param count images
     * @param bytes of their tensors
     */
    public Ticket admit(int count, long bytes, Priority priority, Deadline deadline) {
        int ahead = enter(count, priority, deadline);
        if (!own.take(bytes)) {
            leave(count);
            throw full("%,d bytes of tensors wait".formatted(own.used()));
        }
        if (!program.take(bytes)) {
            own.give(bytes);
            leave(count);
            throw full("%,d bytes of tensors wait in this program".formatted(program.used()));
        }
        return new Ticket(ahead, count, bytes);
    }

    /** {@code OVERLOADED} unless one more image would be let in now; nothing is reserved. */
    public synchronized void requireRoom(Priority priority) {
        require(1, priority, bounds.longestWait());
    }

    private synchronized int enter(int count, Priority priority, Deadline deadline) {
        Duration left = Duration.ofNanos(Math.max(0, deadline.remainingNanos()));
        require(count, priority, left.compareTo(bounds.longestWait()) < 0 ? left : bounds.longestWait());
        int ahead = items;
        items += count;
        return ahead;
    }

    private void require(int count, Priority priority, Duration allowed) {
        // a request larger than the bound is let in when it is alone
        if (items > 0 && items + count > bounds.items() * priority.share()) {
            throw full("%d images are waiting".formatted(items));
        }
        Duration wait = expectedWait();
        if (responses >= MIN_RESPONSES && items > 0 && wait.toNanos() > allowed.toNanos() * priority.share()) {
            throw full("%d images are waiting, which takes some %d ms".formatted(items, wait.toMillis()));
        }
    }

    private synchronized void leave(int count) {
        items -= count;
    }

    private Duration expectedWait() {
        return Duration.ofNanos((long) (nanosPerItem * items));
    }

    private synchronized FoveaException full(String what) {
        return FoveaException.overloaded(
                what + " for this model already. Try again shortly.",
                // half of what waits should be done by then
                expectedWait().dividedBy(2));
    }

    /** Admitted images without a response yet. */
    public synchronized int items() {
        return items;
    }
}
