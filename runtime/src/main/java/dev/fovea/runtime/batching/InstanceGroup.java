package dev.fovea.runtime.batching;

import dev.fovea.runtime.session.BatchRunner;
import dev.fovea.runtime.session.Inference;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A model's instances: those that are free, those that run something, and those that were given up. Under its batcher's
 * lock.
 */
final class InstanceGroup {

    /** What an instance runs. */
    record Run(Thread thread, long started, List<Inference> requests) {}

    private final ArrayDeque<BatchRunner> free = new ArrayDeque<>();
    private final Map<BatchRunner, Run> running = new HashMap<>();
    private int missing;
    private int replaced;

    void add(BatchRunner runner) {
        free.push(runner);
    }

    boolean noneIsFree() {
        return free.isEmpty();
    }

    /** Takes a free one for a run of the calling thread. */
    BatchRunner begin(List<Inference> requests) {
        BatchRunner runner = free.pop();
        running.put(runner, new Run(Thread.currentThread(), System.nanoTime(), requests));
        return runner;
    }

    /** The run goes on with these requests; its time counts anew. */
    void progressed(BatchRunner runner, List<Inference> requests) {
        running.computeIfPresent(runner, (same, run) -> new Run(run.thread(), System.nanoTime(), requests));
    }

    /** Whether it is free again; not when it was given up meanwhile. */
    boolean end(BatchRunner runner) {
        boolean kept = running.remove(runner) != null;
        if (kept) {
            free.push(runner);
        }
        return kept;
    }

    /** Those whose run began so long ago are given up; others are missing in their place. */
    Map<BatchRunner, Run> giveUp(long olderThanNanos) {
        Map<BatchRunner, Run> hung = new HashMap<>(running);
        long since = System.nanoTime() - olderThanNanos;
        hung.values().removeIf(run -> run.started() - since > 0);
        running.keySet().removeAll(hung.keySet());
        missing += hung.size();
        replaced += hung.size();
        return hung;
    }

    /** The count of instances to open in place of stalled ones. */
    int missing() {
        return missing;
    }

    /** One of the missing is here. */
    void found(BatchRunner runner) {
        missing--;
        free.push(runner);
    }

    /** The total count of stalled instances. */
    int replaced() {
        return replaced;
    }

    /** Closes those that are free; when nothing runs any more these are all. */
    void close() {
        free.forEach(BatchRunner::close);
        free.clear();
    }
}
