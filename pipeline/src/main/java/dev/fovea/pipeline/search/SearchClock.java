package dev.fovea.pipeline.search;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.time.Duration;

/** How much of a search's time is over. */
final class SearchClock {

    private final long start;
    private final Duration budget;
    private final SearchProgress progress;

    /** @param start in nanoseconds of {@link System#nanoTime} */
    SearchClock(long start, Duration budget, SearchProgress progress) {
        this.start = start;
        this.budget = budget;
        this.progress = progress;
    }

    /** Whether more than this share of the time is over. */
    boolean isPast(double share) {
        return spent() > share;
    }

    /** The share of the time that is over. */
    private double spent() {
        return (double) (System.nanoTime() - start) / budget.toNanos();
    }

    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    /** What is left until this share of the time is over; not negative. */
    Duration until(double share) {
        return Duration.ofNanos(Math.max(0, (long) ((share - spent()) * budget.toNanos())));
    }

    /** Tells how far the work has come, and ends it where it was cancelled. */
    void at(String detail) {
        if (Thread.currentThread().isInterrupted()) {
            throw new FoveaException(ErrorCode.CANCELLED, "The search was cancelled.");
        }
        progress.at(Math.min(1, spent()), detail);
    }

    void note(String sentence) {
        progress.note(sentence);
    }
}
