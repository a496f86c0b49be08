package dev.fovea.runtime;

import dev.fovea.runtime.Batcher.Runner;
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

    private final ArrayDeque<Runner> free = new ArrayDeque<>();
    private final Map<Runner, Run> running = new HashMap<>();
    private int missing;
    private int replaced;

    void add(Runner runner) {
        free.push(runner);
    }

    boolean noneIsFree() {
        return free.isEmpty();
    }

    /** Takes a free one for a run of the calling thread. */
    Runner begin(List<Inference> requests) {
        Runner runner = free.pop();
        running.put(runner, new Run(Thread.currentThread(), System.nanoTime(), requests));
        return runner;
    }

    /** The run goes on with these requests; its time counts anew. */
    void progressed(Runner runner, List<Inference> requests) {
        running.computeIfPresent(runner, (same, run) -> new Run(run.thread(), System.nanoTime(), requests));
    }

    /** Whether it is free again; not when it was given up meanwhile. */
    boolean end(Runner runner) {
        boolean kept = running.remove(runner) != null;
        if (kept) {
            free.push(runner);
        }
        return kept;
    }

    /** Those whose run began so long ago are given up; others are missing in their place. */
    Map<Runner, Run> giveUp(long olderThanNanos) {
        Map<Runner, Run> hung = new HashMap<>(running);
        long since = System.nanoTime() - olderThanNanos;
        hung.values().removeIf(run -> run.started() - since > 0);
        running.keySet().removeAll(hung.keySet());
        missing += hung.size();
        replaced += hung.size();
        return hung;
    }

    /** How many are to be opened in place of those that were given up. */
    int missing() {
        return missing;
    }

    /** One of the missing is here. */
    void found(Runner runner) {
        missing--;
        free.push(runner);
    }

    /** How many were given up since the beginning. */
    int replaced() {
        return replaced;
    }

    /** Closes those that are free; when nothing runs any more these are all. */
    void close() {
        free.forEach(Runner::close);
        free.clear();
    }
}
