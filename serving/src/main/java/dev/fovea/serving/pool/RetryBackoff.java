package dev.fovea.serving.pool;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * When to try again what fails, for each of several subjects: after a first delay, then twice as long after each
 * further failure, up to a limit (capped exponential back-off). Thread-safe.
 *
 * @param <K> a subject, such as a model's name
 */
final class RetryBackoff<K> {

    private final Duration first;
    private final Duration limit;
    private final LongSupplier nanos;
    private final Map<K, Wait> waits = new HashMap<>();

    /**
     * A back-off in which everything is due.
     *
     * @param nanos a clock that never goes back, such as {@link System#nanoTime}
     */
    RetryBackoff(Duration first, Duration limit, LongSupplier nanos) {
        this.first = first;
        this.limit = limit;
        this.nanos = nanos;
    }

    private record Wait(Duration delay, long since) {}

    /** Whether it may be tried now: what never failed, and what has waited long enough. */
    synchronized boolean isDue(K subject) {
        Wait wait = waits.get(subject);
        return wait == null || nanos.getAsLong() - wait.since() >= wait.delay().toNanos();
    }

    /** Subjects that failed at their last try and may be tried now. */
    synchronized List<K> due() {
        return waits.keySet().stream().filter(this::isDue).toList();
    }

    /** It failed just now. */
    synchronized void failed(K subject) {
        Wait before = waits.get(subject);
        Duration delay = before == null ? first : before.delay().multipliedBy(2);
        waits.put(subject, new Wait(delay.compareTo(limit) < 0 ? delay : limit, nanos.getAsLong()));
    }

    /** It works, is gone, or shall be tried at once. */
    synchronized void reset(K subject) {
        waits.remove(subject);
    }
}
