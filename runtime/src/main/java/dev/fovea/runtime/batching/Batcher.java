package dev.fovea.runtime.batching;

import dev.fovea.runtime.session.BatchRunner;
import dev.fovea.runtime.session.Inference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Gathers requests to one model into batches and runs them on its instances.
 *
 * <p>Threads: any thread may {@link #submit}. There is one platform thread more than instances, each a
 * {@link BatchWorker}; they take turns. One of them leads: it lays requests out in native memory as they come, until an
 * instance is free and the batch is full or nothing more is queued. Then it runs the batch while the next thread leads.
 * So an instance is run by one thread at a time, a batch is ready when the run before it ends, and a lone request goes
 * through without a change of thread. The {@link BatchScheduler}'s lock guards all state; nothing is locked during a
 * run or a copy.
 *
 * <p>Every request that was taken in is completed, whatever a runner throws and whenever the batcher is closed. A run
 * without progress is given up by the {@link Watchdog}: its requests fail with {@code INSTANCE_HUNG}, its instance and
 * its thread are replaced.
 */
public final class Batcher implements AutoCloseable {

    private final String name;
    private final BatchScheduler scheduler;
    private final AtomicInteger started = new AtomicInteger();

    /** Opens the instances and starts; what the supplier gives is closed by the batcher. */
    public Batcher(String name, Supplier<BatchRunner> runners, BatchSettings settings) {
        this.name = name;
        this.scheduler = new BatchScheduler(settings);
        scheduler.start(open(runners, settings.instances()), threads(settings.instances() + 1));
        Thread.ofVirtual()
                .name("watch-" + name)
                .start(new Watchdog(
                        scheduler,
                        runners,
                        fresh -> scheduler.add(fresh, thread()),
                        settings.bounds().hang()));
    }

    private static List<BatchRunner> open(Supplier<BatchRunner> runners, int count) {
        List<BatchRunner> opened = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                opened.add(runners.get());
            }
        } catch (RuntimeException e) {
            opened.forEach(BatchRunner::close);
            throw e;
        }
        return opened;
    }

    private List<Thread> threads(int count) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(thread());
        }
        return threads;
    }

    private Thread thread() {
        return Thread.ofPlatform()
                .name("batcher-%s-%d".formatted(name, started.incrementAndGet()))
                .daemon()
                .unstarted(new BatchWorker(scheduler));
    }

    /** Queues a request; {@code STOPPING} after close. */
    public void submit(Inference request) {
        scheduler.submit(request);
    }

    /** The count of queued images. */
    int queued() {
        return scheduler.queued();
    }

    /** The count of aborted runs. */
    public int replaced() {
        return scheduler.replaced();
    }

    /** The count of stalled instances that are not replaced yet. */
    public int missing() {
        return scheduler.missing();
    }

    /**
     * Completes what is queued, then ends the threads and closes the instances. Returns after the last run, which may
     * take until it is given up, even when the caller is interrupted.
     */
    @Override
    public void close() {
        scheduler.close();
    }
}
