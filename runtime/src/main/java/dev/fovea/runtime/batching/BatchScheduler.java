package dev.fovea.runtime.batching;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.runtime.session.BatchBuilder;
import dev.fovea.runtime.session.BatchRunner;
import dev.fovea.runtime.session.Inference;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a batcher's threads share, under one lock: the queue, the instances, the batch latency model, which thread
 * leads, and which threads live. Every method takes the lock and releases it; none runs a network or copies a tensor.
 */
final class BatchScheduler {

    private final BatchSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition turn = lock.newCondition();
    private final Condition change = lock.newCondition();
    private final Condition watched = lock.newCondition();
    private final RequestQueue queue = new RequestQueue();
    private final InstanceGroup instances = new InstanceGroup();
    private final BatchLatencyModel latency;
    private final Set<Thread> threads = new HashSet<>();
    private @Nullable BatchWorker leader;
    private boolean closed;

    BatchScheduler(BatchSettings settings) {
        this.settings = settings;
        this.latency = new BatchLatencyModel(settings.maxBatch());
    }

    /** Queues a request; {@code STOPPING} after close. */
    void submit(Inference request) {
        lock.lock();
        try {
            if (closed) {
                throw stopping();
            }
            queue.add(request);
            // a thread is woken only if it will find work that no other thread will take
            (leader == null ? turn : change).signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a worker leads, then until there is something for it to do.
     *
     * @return a request to lay out behind the others; null when the worker's turn is over: it has an instance for its
     *     batch, or the batcher is closed and nothing is queued
     */
    @Nullable
    Inference next(BatchWorker worker) {
        lock.lock();
        try {
            while (leader != worker && (leader != null || (queue.isEmpty() && !closed))) {
                turn.awaitUninterruptibly();
            }
            leader = worker;
            Inference next = awaitWork(worker);
            if (next == null) {
                leader = null;
                if (closed || !queue.isEmpty()) {
                    turn.signal(); // what is queued later wakes a thread itself
                }
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Inference awaitWork(BatchWorker worker) {
        BatchBuilder batch = worker.batch();
        try {
            while (true) {
                Inference next = queue.poll(batch.first(), room(batch));
                if (next != null) {
                    return next;
                } else if (batch.first() == null) {
                    if (closed && queue.isEmpty()) {
                        return null;
                    }
                    change.await();
                } else if (instances.noneIsFree()) {
                    change.await();
                } else if (remainingDelay(batch) <= 0) {
                    worker.runOn(instances.begin(batch.requests()));
                    return null;
                } else {
                    var _ = change.awaitNanos(remainingDelay(batch));
                }
            }
        } catch (InterruptedException e) {
            // only the end of the process interrupts these threads
            batch.requests().forEach(request -> request.response().completeExceptionally(stopping()));
            return null;
        }
    }

    /** How many more images fit the batch. */
    private int room(BatchBuilder batch) {
        return batch.first() == null
                ? Integer.MAX_VALUE
                : Math.min(latency.within(settings.maxRun()), share(batch)) - batch.items();
    }

    /**
     * The share of one instance in what waits. More would make its requests late while the other instances get small
     * batches. There is none with a queue delay, which asks for large batches.
     */
    private int share(BatchBuilder batch) {
        return settings.maxDelay().isPositive()
                ? Integer.MAX_VALUE
                : Math.ceilDiv(batch.items() + queue.items(), settings.instances());
    }

    /** How long the batch may still wait for more requests, in nanoseconds. */
    private long remainingDelay(BatchBuilder batch) {
        Inference first = batch.first();
        boolean full = closed || room(batch) <= 0 || !queue.isEmpty();
        return full || first == null ? 0 : first.arrival() + settings.maxDelay().toNanos() - System.nanoTime();
    }

    /** A run of so many images took so many nanoseconds. */
    void measured(int items, long took) {
        lock.lock();
        try {
            latency.ran(items, took);
        } finally {
            lock.unlock();
        }
    }

    /** The instance goes on with these requests; the time of its run counts anew. */
    void progressed(BatchRunner runner, List<Inference> requests) {
        lock.lock();
        try {
            instances.progressed(runner, requests);
        } finally {
            lock.unlock();
        }
    }

    /** Whether the instance is free again; false when it was given up during the run. */
    boolean release(BatchRunner runner) {
        lock.lock();
        try {
            boolean kept = instances.end(runner);
            if (kept) {
                change.signal();
            }
            return kept;
        } finally {
            lock.unlock();
        }
    }

    /** Puts a fresh instance and the thread that comes with it to work; false when the batcher has ended meanwhile. */
    boolean add(BatchRunner fresh, Thread thread) {
        lock.lock();
        try {
            if (closed && threads.isEmpty()) {
                return false;
            }
            instances.found(fresh);
            threads.add(thread);
            thread.start();
            change.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Puts the first instances and threads to work. */
    void start(List<BatchRunner> runners, List<Thread> workers) {
        lock.lock();
        try {
            runners.forEach(instances::add);
            threads.addAll(workers);
            workers.forEach(Thread::start);
        } finally {
            lock.unlock();
        }
    }

    /** The calling thread ends. */
    void ended() {
        lock.lock();
        try {
            threads.remove(Thread.currentThread());
            watched.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing runs and nothing will: closed, and every thread has ended. */
    boolean isOver() {
        lock.lock();
        try {
            return closed && threads.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives up the runs that began so long ago, and forgets their threads; waits for a period where there are none.
     *
     * @return each given-up instance with its run
     * @throws InterruptedException at the end of the process
     */
    @SuppressWarnings("WaitNotInLoop") // the watchdog's own loop calls again
    Map<BatchRunner, InstanceGroup.Run> giveUp(long olderThanNanos, long periodNanos) throws InterruptedException {
        lock.lock();
        try {
            Map<BatchRunner, InstanceGroup.Run> stalled = instances.giveUp(olderThanNanos);
            stalled.values().forEach(run -> threads.remove(run.thread()));
            if (stalled.isEmpty() && !(closed && threads.isEmpty())) {
                var _ = watched.awaitNanos(periodNanos);
            }
            return stalled;
        } finally {
            lock.unlock();
        }
    }

    /** How many instances were given up and are not replaced yet. */
    int missing() {
        lock.lock();
        try {
            return instances.missing();
        } finally {
            lock.unlock();
        }
    }

    /** How many instances were given up since the beginning. */
    int replaced() {
        lock.lock();
        try {
            return instances.replaced();
        } finally {
            lock.unlock();
        }
    }

    /** How many images are queued. */
    int queued() {
        lock.lock();
        try {
            return queue.items();
        } finally {
            lock.unlock();
        }
    }

    /** Runs what is queued, waits until every thread has ended, and closes the instances. */
    void close() {
        lock.lock();
        try {
            closed = true;
            turn.signalAll();
            change.signalAll();
            watched.signalAll();
            while (!threads.isEmpty()) {
                watched.awaitUninterruptibly();
            }
            queue.clear().forEach(request -> request.response().completeExceptionally(stopping()));
            instances.close();
        } finally {
            lock.unlock();
        }
    }

    private static FoveaException stopping() {
        return new FoveaException(ErrorCode.STOPPING, "This model version is being retired. Send the request again.");
    }
}
