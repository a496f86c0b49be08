package dev.fovea.runtime.batching;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.runtime.session.BatchBuilder;
import dev.fovea.runtime.session.BatchRunner;
import dev.fovea.runtime.session.Inference;
import dev.fovea.runtime.session.Inference.Inferred;
import dev.fovea.runtime.session.OutputSlices;
import dev.fovea.runtime.session.Tensor;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gathers requests to one model into batches and runs them on its instances.
 *
 * <p>Threads: any thread may {@link #submit}. There is one platform thread more than instances; they take turns. One of
 * them leads: it lays requests out in native memory as they come, until an instance is free and the batch is full or
 * nothing more waits. Then it runs the batch while the next thread leads. So an instance is run by one thread at a
 * time, a batch is ready when the run before it ends, and a lone request goes through without a change of thread. One
 * lock guards all state; no lock is held during a run or a copy.
 *
 * <p>Every request that was taken in is answered, whatever a runner throws and whenever the batcher is closed. A run
 * without progress is given up: its requests fail with {@code INSTANCE_HUNG}, its instance and its thread are replaced.
 */
public final class Batcher implements AutoCloseable {

    private final String name;
    private final Supplier<BatchRunner> runners;
    private final BatchSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition turn = lock.newCondition();
    private final Condition change = lock.newCondition();
    private final Condition watched = lock.newCondition();
    private final RequestQueue waiting = new RequestQueue();
    private final InstanceGroup instances = new InstanceGroup();
    private final Set<Thread> threads = new HashSet<>();
    private final BatchLatencyModel cost;
    private boolean led;
    private boolean closed;
    private int started;

    /** Opens the instances and starts; what the supplier gives is closed by the batcher. */
    public Batcher(String name, Supplier<BatchRunner> runners, BatchSettings settings) {
        this.name = name;
        this.runners = runners;
        this.settings = settings;
        this.cost = new BatchLatencyModel(settings.maxBatch());
        try {
            for (int i = 0; i < settings.instances(); i++) {
                instances.add(runners.get());
            }
        } catch (RuntimeException e) {
            instances.close();
            throw e;
        }
        for (int i = 0; i <= settings.instances(); i++) {
            startThread();
        }
        Thread.ofVirtual().name("watch-" + name).start(this::watch);
    }

    private void startThread() {
        Thread thread = Thread.ofPlatform()
                .name("batcher-%s-%d".formatted(name, ++started))
                .daemon()
                .unstarted(this::work);
        threads.add(thread);
        thread.start();
    }

    /** Queues a request; {@code STOPPING} after close. */
    public void submit(Inference request) {
        lock.lock();
        try {
            if (closed) {
                throw stopping();
            }
            waiting.add(request);
            // a thread is woken only if it will find work that nobody else will take
            (led ? change : turn).signal();
        } finally {
            lock.unlock();
        }
    }

    /** How many images wait. */
    int waiting() {
        lock.lock();
        try {
            return waiting.items();
        } finally {
            lock.unlock();
        }
    }

    /** How many runs were given up. */
    public int replaced() {
        lock.lock();
        try {
            return instances.replaced();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        try {
            takeTurns();
        } finally {
            lock.lock();
            try {
                threads.remove(Thread.currentThread());
                watched.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void takeTurns() {
        BatchBuilder assembly = new BatchBuilder();
        boolean goesOn = true;
        while (goesOn) {
            assembly.clear();
            BatchRunner runner = gather(assembly);
            goesOn = runner != null;
            if (runner != null) {
                run(runner, assembly);
                goesOn = release(runner);
            }
        }
    }

    /** Leads: lays out a batch and gives the instance to run it on; null when the batcher is closed and empty. */
    private @Nullable BatchRunner gather(BatchBuilder assembly) {
        lock.lock();
        try {
            while (led || (waiting.isEmpty() && !closed)) {
                turn.awaitUninterruptibly();
            }
            led = true;
            @Nullable BatchRunner runner = lead(assembly);
            led = false;
            turn.signal();
            return runner;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable BatchRunner lead(BatchBuilder assembly) {
        try {
            while (true) {
                Inference next = waiting.poll(assembly.first(), room(assembly));
                if (next != null) {
                    copy(assembly, next);
                } else if (assembly.first() == null) {
                    if (closed && waiting.isEmpty()) {
                        return null;
                    }
                    change.await();
                } else if (instances.noneIsFree()) {
                    change.await();
                } else if (patience(assembly) <= 0) {
                    return instances.begin(assembly.requests());
                } else {
                    var _ = change.awaitNanos(patience(assembly));
                }
            }
        } catch (InterruptedException e) {
            // nobody but the end of the process interrupts these threads
            assembly.requests().forEach(request -> request.answer().completeExceptionally(stopping()));
            return null;
        }
    }

    private int room(BatchBuilder assembly) {
        return assembly.first() == null ? Integer.MAX_VALUE : cost.within(settings.maxRun()) - assembly.items();
    }

    /** How long the batch may still wait for more, in nanoseconds. */
    private long patience(BatchBuilder assembly) {
        Inference first = assembly.first();
        boolean full = closed || room(assembly) <= 0 || !waiting.isEmpty();
        return full || first == null ? 0 : first.arrival() + settings.maxDelay().toNanos() - System.nanoTime();
    }

    private void copy(BatchBuilder assembly, Inference request) {
        lock.unlock();
        try {
            assembly.add(request);
        } catch (RuntimeException | Error e) {
            request.answer().completeExceptionally(e);
        } finally {
            lock.lock();
        }
    }

    private void run(BatchRunner runner, BatchBuilder assembly) {
        assembly.dropUnwanted();
        if (assembly.items() == 0) {
            return;
        }
        List<Inference> requests = assembly.requests();
        long start = System.nanoTime();
        try {
            List<List<Tensor>> outputs = OutputSlices.cut(runner.run(assembly.tensors()), requests);
            long took = System.nanoTime() - start;
            measured(assembly.items(), took);
            for (int i = 0; i < requests.size(); i++) {
                Inference request = requests.get(i);
                request.answer().complete(new Inferred(outputs.get(i), start - request.arrival(), took));
            }
        } catch (RuntimeException | Error e) {
            // an Error too: with its thread gone the model would let every later caller wait for nothing
            if (requests.size() == 1) {
                requests.getFirst().answer().completeExceptionally(e);
                return;
            }
            // halves, until the bad one stands alone
            progressed(runner, requests);
            int half = requests.size() / 2;
            run(runner, assembly.of(requests.subList(0, half)));
            run(runner, assembly.of(requests.subList(half, requests.size())));
        }
    }

    private void progressed(BatchRunner runner, List<Inference> requests) {
        lock.lock();
        try {
            instances.progressed(runner, requests);
        } finally {
            lock.unlock();
        }
    }

    private void measured(int items, long took) {
        lock.lock();
        try {
            cost.ran(items, took);
        } finally {
            lock.unlock();
        }
    }

    /** Whether this thread goes on; one whose run was given up closes what it held and ends. */
    private boolean release(BatchRunner runner) {
        lock.lock();
        try {
            if (instances.end(runner)) {
                change.signal();
                return true;
            }
        } finally {
            lock.unlock();
        }
        runner.close();
        return false;
    }

    private void watch() {
        long period = Math.max(1, settings.bounds().hang().toNanos() / 4);
        while (true) {
            Map<BatchRunner, InstanceGroup.Run> hung;
            lock.lock();
            try {
                if (closed && threads.isEmpty()) {
                    return;
                }
                hung = instances.giveUp(settings.bounds().hang().toNanos());
                hung.values().forEach(run -> threads.remove(run.thread()));
                if (hung.isEmpty()) {
                    var _ = watched.awaitNanos(period);
                }
            } catch (InterruptedException e) {
                return;
            } finally {
                lock.unlock();
            }
            hung.forEach(this::giveUp);
            for (int left = missing(); left > 0; left--) {
                openAnother();
            }
        }
    }

    private void giveUp(BatchRunner runner, InstanceGroup.Run run) {
        FoveaException why = new FoveaException(
                ErrorCode.INSTANCE_HUNG,
                "The model made no progress for %d ms and was replaced by a fresh instance. Send the request again; if it happens again, look at the model."
                        .formatted(settings.bounds().hang().toMillis()));
        run.requests().forEach(request -> request.answer().completeExceptionally(why));
        runner.terminate();
    }

    /** An instance for one that was given up; opened without the lock, as that may take a while. */
    private void openAnother() {
        BatchRunner fresh;
        try {
            fresh = runners.get();
        } catch (RuntimeException e) {
            return; // memory is short, say; tried again at the next look
        }
        lock.lock();
        try {
            if (closed && threads.isEmpty()) {
                fresh.close();
                return;
            }
            instances.found(fresh);
            startThread();
            change.signal();
        } finally {
            lock.unlock();
        }
    }

    /** How many instances were given up and could not be replaced yet. */
    public int missing() {
        lock.lock();
        try {
            return instances.missing();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Answers what is queued, then ends the threads and frees the instances. Returns after the last run, which may take
     * until it is given up, even when the caller is interrupted.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            turn.signalAll();
            change.signalAll();
            watched.signalAll();
            while (!threads.isEmpty()) {
                watched.awaitUninterruptibly();
            }
            waiting.clear().forEach(request -> request.answer().completeExceptionally(stopping()));
            instances.close();
        } finally {
            lock.unlock();
        }
    }

    private static FoveaException stopping() {
        return new FoveaException(ErrorCode.STOPPING, "This model version is being retired. Send the request again.");
    }
}
