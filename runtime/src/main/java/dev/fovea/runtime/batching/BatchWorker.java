package dev.fovea.runtime.batching;

import dev.fovea.runtime.session.BatchBuilder;
import dev.fovea.runtime.session.BatchRunner;
import dev.fovea.runtime.session.Inference;
import org.jspecify.annotations.Nullable;

/**
 * What one of a batcher's threads does: leads, so that a batch is laid out, then runs it while another thread leads.
 * Used by its thread only.
 */
final class BatchWorker implements Runnable {

    private final BatchScheduler scheduler;
    private final BatchRun run;
    private final BatchBuilder batch = new BatchBuilder();
    private @Nullable BatchRunner runner;

    BatchWorker(BatchScheduler scheduler) {
        this.scheduler = scheduler;
        this.run = new BatchRun(scheduler);
    }

    /** The batch being laid out. */
    BatchBuilder batch() {
        return batch;
    }

    /** The instance on which the batch runs. */
    void runOn(BatchRunner instance) {
        runner = instance;
    }

    @Override
    public void run() {
        try {
            BatchRunner instance = gather();
            while (instance != null) {
                run.on(instance, batch);
                if (!scheduler.release(instance)) {
                    instance.close(); // given up: another instance and another thread are in their place
                    return;
                }
                instance = gather();
            }
        } finally {
            scheduler.ended();
        }
    }

    /** Lays out a batch and gives the instance to run it on; null when the batcher is closed and empty. */
    private @Nullable BatchRunner gather() {
        batch.clear();
        runner = null;
        for (Inference next = scheduler.next(this); next != null; next = scheduler.next(this)) {
            try {
                batch.add(next);
            } catch (RuntimeException | Error e) {
                next.response().completeExceptionally(e);
            }
        }
        return runner;
    }
}
