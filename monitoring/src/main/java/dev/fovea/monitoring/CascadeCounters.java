package dev.fovea.monitoring;

import dev.fovea.fault.ErrorCode;
import dev.fovea.monitoring.CascadeMetrics.Share;
import dev.fovea.registry.Cascade;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.WilsonInterval;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** The counts of one cascade as declared; counted by requests' threads without a lock. */
final class CascadeCounters {

    final Cascade cascade;
    final LongAdder sure = new LongAdder();
    final LongAdder agreed = new LongAdder();
    final LongAdder disagreed = new LongAdder();
    final ConcurrentMap<ErrorCode, LongAdder> failures = new ConcurrentHashMap<>();

    CascadeCounters(Cascade cascade) {
        this.cascade = cascade;
    }

    CascadeMetrics metrics() {
        Map<String, Long> failed = new TreeMap<>();
        failures.forEach((code, count) -> failed.put(code.name(), count.sum()));
        long agreements = agreed.sum();
        long compared = agreements + disagreed.sum();
        long escalated =
                compared + failed.values().stream().mapToLong(Long::longValue).sum();
        long predictions = sure.sum() + escalated;
        Optional<Share> share = share(escalated, predictions);
        return new CascadeMetrics(
                predictions,
                escalated,
                share,
                compared,
                share(agreements, compared),
                failed,
                share.flatMap(live -> cascade.expected().map(expected -> overlap(live, expected.share()))));
    }

    private static Optional<Share> share(long some, long of) {
        if (of == 0) {
            return Optional.empty();
        }
        Interval interval = WilsonInterval.of(some, of);
        return Optional.of(new Share(interval.value(), interval.low(), interval.high()));
    }

    private static boolean overlap(Share live, Cascade.Estimate expected) {
        return live.low() <= expected.high() && expected.low() <= live.high();
    }
}
