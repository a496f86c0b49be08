package dev.fovea.monitoring;

import dev.fovea.fault.ErrorCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** The counts of one version that must be exact under any load: counted by the caller's thread, without a lock. */
final class VersionCounters {

    private final LongAdder requests = new LongAdder();
    private final LongAdder cacheHits = new LongAdder();
    private final LongAdder cacheMisses = new LongAdder();
    private final Map<ErrorCode, LongAdder> errors = new EnumMap<>(ErrorCode.class); // never changed once filled

    VersionCounters() {
        for (ErrorCode code : ErrorCode.values()) {
            errors.put(code, new LongAdder());
        }
    }

    void count(RequestOutcome outcome) {
        requests.increment();
        switch (outcome) {
            case RequestOutcome.RequestFailed(ErrorCode code) ->
                Objects.requireNonNull(errors.get(code)).increment();
            case RequestOutcome.RequestSucceeded predicted -> count(predicted.cache());
        }
    }

    private void count(RequestOutcome.Cache cache) {
        switch (cache) {
            case HIT -> cacheHits.increment();
            case MISS -> cacheMisses.increment();
            case NOT_USED -> {
                // counted as a request only
            }
        }
    }

    /** Adds what an earlier process had counted. */
    void restore(long savedRequests, Map<String, Long> savedErrors, MetricsSnapshot.CacheMetrics savedCache) {
        requests.add(savedRequests);
        cacheHits.add(savedCache.hits());
        cacheMisses.add(savedCache.misses());
        errors.forEach((code, count) -> count.add(savedErrors.getOrDefault(code.name(), 0L)));
    }

    long requests() {
        return requests.sum();
    }

    MetricsSnapshot.CacheMetrics cache() {
        return new MetricsSnapshot.CacheMetrics(cacheHits.sum(), cacheMisses.sum());
    }

    /** Those that occurred, by code. */
    Map<String, Long> errors() {
        Map<String, Long> counts = new TreeMap<>();
        errors.forEach((code, count) -> {
            if (count.sum() > 0) {
                counts.put(code.name(), count.sum());
            }
        });
        return counts;
    }
}
