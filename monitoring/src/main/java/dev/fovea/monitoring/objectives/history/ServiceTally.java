package dev.fovea.monitoring.objectives.history;

import dev.fovea.fault.ErrorCode;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts of one model since they were last taken. Requests' threads count without a lock; none is lost or taken twice.
 */
final class ServiceTally {

    private final AtomicLongArray latencies = new AtomicLongArray(LatencyHistogram.BUCKETS);
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private final AtomicLong fallbacks = new AtomicLong();
    private final AtomicLong busyNanos = new AtomicLong();
    private final AtomicLong remoteCalls = new AtomicLong();
    private final AtomicLong remoteMicros = new AtomicLong();

    /** Counts, and the time that stages of predictions took. */
    record Taken(ServiceCounts counts, long busyNanos) {}

    void answered(long nanos) {
        latencies.incrementAndGet(LatencyHistogram.bucket(nanos));
    }

    void busy(long nanos) {
        busyNanos.addAndGet(nanos);
    }

    void failed(ErrorCode code, long by) {
        switch (code.blame()) {
            case MODEL, CAPACITY, SERVER -> failures.addAndGet(by);
            case CALLER, INPUT -> rejected.addAndGet(by);
        }
    }

    /** A fallback answered a request whose failure was counted. */
    void fellBack(ErrorCode failure, long nanos) {
        failed(failure, -1);
        answered(nanos);
        fallbacks.incrementAndGet();
    }

    /** An answer that was counted took longer for its caller. */
    void retime(long counted, long nanos) {
        latencies.decrementAndGet(LatencyHistogram.bucket(counted));
        answered(nanos);
    }

    void called(long micros) {
        remoteCalls.incrementAndGet();
        remoteMicros.addAndGet(micros);
    }

    /** Takes the counts, which start from 0. */
    Taken take() {
        long[] buckets = new long[LatencyHistogram.BUCKETS];
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = latencies.get(i) == 0 ? 0 : latencies.getAndSet(i, 0);
        }
        return new Taken(
                new ServiceCounts(
                        LatencyHistogram.of(buckets),
                        failures.getAndSet(0),
                        rejected.getAndSet(0),
                        fallbacks.getAndSet(0),
                        new ServiceUse(0, remoteCalls.getAndSet(0), remoteMicros.getAndSet(0))),
                busyNanos.getAndSet(0));
    }
}
