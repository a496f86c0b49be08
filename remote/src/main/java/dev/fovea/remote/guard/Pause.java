package dev.fovea.remote.guard;

import java.time.Duration;

/** How the backoff between two attempts is spent. */
@FunctionalInterface
public interface Pause {

    /** The thread sleeps. */
    Pause SLEEPING = Thread::sleep;

    void take(Duration pause) throws InterruptedException;
}
