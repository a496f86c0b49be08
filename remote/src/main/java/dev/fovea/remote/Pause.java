package dev.fovea.remote;

import java.time.Duration;

/** How the time between two tries is spent. */
@FunctionalInterface
interface Pause {

    /** The thread sleeps. */
    Pause SLEEPING = Thread::sleep;

    void take(Duration pause) throws InterruptedException;
}
