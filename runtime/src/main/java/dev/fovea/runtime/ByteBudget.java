package dev.fovea.runtime;

import java.util.concurrent.atomic.AtomicLong;

/** So many bytes that may be held at once. Thread-safe. */
final class ByteBudget {

    private final long most;
    private final AtomicLong held = new AtomicLong();

    ByteBudget(long most) {
        this.most = most;
    }

    /** Whether they were taken; what is larger than the whole budget is let in when it is alone, else it never were. */
    boolean take(long bytes) {
        long all = held.addAndGet(bytes);
        if (all > most && all != bytes) {
            held.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void give(long bytes) {
        held.addAndGet(-bytes);
    }

    long held() {
        return held.get();
    }

    long most() {
        return most;
    }
}
