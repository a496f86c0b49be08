package dev.fovea.runtime.batching;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.runtime.session.BatchRunner;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Gives up runs that make no progress within the stall timeout: their requests fail with {@code INSTANCE_HUNG}, their
 * instance is replaced by a fresh one. Runs on a thread of its own until the batcher has ended.
 */
final class Watchdog implements Runnable {

    private final BatchScheduler scheduler;
    private final Supplier<BatchRunner> runners;
    private final Predicate<BatchRunner> adding;
    private final Duration timeout;

    /**
     * A watchdog that has not started.
     *
     * @param runners opens an instance
     * @param adding puts a fresh instance to work; false when the batcher has ended
     * @param timeout the stall timeout
     */
    Watchdog(BatchScheduler scheduler, Supplier<BatchRunner> runners, Predicate<BatchRunner> adding, Duration timeout) {
        this.scheduler = scheduler;
        this.runners = runners;
        this.adding = adding;
        this.timeout = timeout;
    }

    @Override
    public void run() {
        long period = Math.max(1, timeout.toNanos() / 4);
        try {
            while (!scheduler.isOver()) {
                Map<BatchRunner, InstanceGroup.Run> stalled = scheduler.giveUp(timeout.toNanos(), period);
                stalled.forEach(this::fail);
                for (int left = scheduler.missing(); left > 0; left--) {
                    replace();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fail(BatchRunner runner, InstanceGroup.Run run) {
        FoveaException why = new FoveaException(
                ErrorCode.INSTANCE_HUNG,
                "The model made no progress for %d ms and was replaced by a fresh instance. Send the request again; if it happens again, check the model."
                        .formatted(timeout.toMillis()));
        run.requests().forEach(request -> request.response().completeExceptionally(why));
        runner.terminate();
    }

    /** Opens an instance without the lock, as that may take a while. */
    private void replace() {
        BatchRunner fresh;
        try {
            fresh = runners.get();
        } catch (RuntimeException e) {
            return; // memory is short, say; tried again after the next period
        }
        if (!adding.test(fresh)) {
            fresh.close();
        }
    }
}
