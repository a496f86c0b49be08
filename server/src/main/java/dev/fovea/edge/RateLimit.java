package dev.fovea.edge;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * So many requests per second for each key, with a second's worth at once: the generic cell rate algorithm (ITU-T
 * I.371), which keeps one number for each key, the time at which the next request is due. Thread-safe, without a lock.
 */
public final class RateLimit {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final long nanosPerRequest;
    private final ConcurrentMap<String, AtomicLong> due = new ConcurrentHashMap<>();

    /** {@code perSecond} of 0 limits nothing. */
    public RateLimit(int perSecond) {
        this.nanosPerRequest = perSecond == 0 ? 0 : NANOS_PER_SECOND / perSecond;
    }

    /** Zero when the request may pass, else how long until one may. Keys are those configured, so they are few. */
    Duration wait(String key, long now) {
        if (nanosPerRequest == 0) {
            return Duration.ZERO;
        }
        AtomicLong next = due.computeIfAbsent(key, fresh -> new AtomicLong(now));
        while (true) {
            long seen = next.get();
            long from = Math.max(seen - now, 0);
            if (from > NANOS_PER_SECOND - nanosPerRequest) {
                return Duration.ofNanos(from - (NANOS_PER_SECOND - nanosPerRequest));
            }
            if (next.compareAndSet(seen, now + from + nanosPerRequest)) {
                return Duration.ZERO;
            }
        }
    }
}
