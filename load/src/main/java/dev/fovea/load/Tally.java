package dev.fovea.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Collects the results of a run. Times are in microseconds with three digits (HdrHistogram). Thread-safe; read it after
 * the run.
 */
final class Tally {

    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(48);
    private static final int DIGITS = 3;

    private final Histogram latency = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
    private final Histogram lateness = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
    private final LongAdder due = new LongAdder();
    private final LongAdder notStarted = new LongAdder();
    private final LongAdder timedOut = new LongAdder();
    private final LongAccumulator last = new LongAccumulator(Math::max, 0);

    /** A request has come due. */
    void due() {
        due.increment();
    }

    /** A request that was due could not be sent, as too many were under way. */
    void notStarted() {
        notStarted.increment();
    }

    /** A request's own thread set about sending it so long after it was due. */
    void sent(long lateNanos) {
        lateness.recordValue(micros(lateNanos));
    }

    /**
     * A request has ended.
     *
     * @param nanos from when it was due
     * @param at nanoseconds after the measured time began
     */
    void ended(LoadOutcome outcome, long nanos, long at) {
        switch (outcome) {
            case LoadOutcome.Succeeded() -> {
                latency.recordValue(micros(nanos));
                last.accumulate(at);
            }
            case LoadOutcome.ErrorReturned(String code) -> error(code);
            case LoadOutcome.Lost(RequestFailure why) -> {
                error(why.name());
                if (why == RequestFailure.TIMEOUT) {
                    timedOut.increment();
                }
            }
        }
    }

    private void error(String code) {
        errors.computeIfAbsent(code, absent -> new LongAdder()).increment();
    }

    private static long micros(long nanos) {
        return Math.clamp(nanos / 1000, 0, LONGEST_MICROS);
    }

    Histogram latency() {
        return latency;
    }

    Histogram lateness() {
        return lateness;
    }

    Map<String, Long> errors() {
        Map<String, Long> counts = new TreeMap<>();
        errors.forEach((code, count) -> counts.put(code, count.sum()));
        return counts;
    }

    long dueCount() {
        return due.sum();
    }

    long notStartedCount() {
        return notStarted.sum();
    }

    long timedOutCount() {
        return timedOut.sum();
    }

    /** Time of the last response, in nanoseconds after the start of the measured time; 0 without responses. */
    long lastResponse() {
        return last.get();
    }
}
