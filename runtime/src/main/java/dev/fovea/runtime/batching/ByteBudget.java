package dev.fovea.runtime.batching;

import java.util.concurrent.atomic.AtomicLong;

/** A limit of bytes in use. Thread-safe. */
public final class ByteBudget {

    private final long most;
    private final AtomicLong used = new AtomicLong();

    public ByteBudget(long most) {
        this.most = most;
    }

    /** Whether they were taken; what is larger than the whole budget is let in when it is alone, else it never were. */
    public boolean take(long bytes) {
        long all = used.addAndGet(bytes);
        if (all > most && all != bytes) {
            used.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    public void give(long bytes) {
        used.addAndGet(-bytes);
    }

    public long used() {
        return used.get();
    }

    long most() {
        return most;
    }
}
