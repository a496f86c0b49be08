package dev.fovea.registry.leases;

import java.time.Duration;

/**
 * Leases by name, so that periodic work over all servers of a home runs in one of them at a time.
 *
 * <p>No two holders overlap as long as processes measure time at the same rate. Clocks need not agree: a process takes
 * a lease over after it has watched it unrenewed for the holder's duration, by its own monotonic clock. Work that takes
 * longer than the duration is the exception; it must write by comparison with what it has read.
 */
public interface Leases {

    /**
     * Takes or keeps a lease. Call it at every turn of a periodic loop, a few times per duration at least: calls are
     * cheap, and one that held it renews it halfway through. A lease whose holder was killed passes on one duration
     * after another process first saw it.
     *
     * @param name of the work, for example {@code rollouts}
     * @param duration from 1 ms to a day
     * @return whether this process holds it, for the duration at most
     * @throws dev.fovea.fault.FoveaException {@code ARGUMENT_INVALID}, {@code STORAGE_FAILED},
     *     {@code STORAGE_UNAVAILABLE}
     */
    boolean tryHold(String name, Duration duration);

    /**
     * Gives a lease back, so that another process takes it at once; nothing changes where this one does not hold it.
     */
    void release(String name);
}
