package dev.fovea.runtime.batching;

import java.util.concurrent.atomic.AtomicLong;

/** So many bytes that may be held at once. Thread-safe. */
public final class ByteBudget {

    private final long most;
    private final AtomicLong held = new AtomicLong();

    public ByteBudget(long most) {
        this.most = most;
    }

    /** Whether they were taken; what is larger than the whole budget is let in when it is alone, else it never were. */
    public boolean take(long bytes) {
        long all = held.addAndGet(bytes);
        if (all > most && all != bytes) {
            held.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    public void give(long bytes) {
        held.addAndGet(-bytes);
    }

    public long held() {
        return held.get();
    }

    long most() {
        return most;
    }
}
