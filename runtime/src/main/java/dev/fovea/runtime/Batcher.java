package dev.fovea.runtime;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Gathers single requests into batches for one model instance.
 *
 * <p>Threads: any thread may {@link #submit}; one owner thread takes from the bounded queue and runs everything, so the
 * session and the batch buffer are never shared. While a batch runs the next one gathers in the queue by itself, so a
 * batch is formed from whatever waits; only when {@link BatchSettings#maxDelay} is set does a batch that is not full
 * wait for more, counted from the arrival of its first request. Requests that were cancelled or whose deadline passed
 * are dropped before the run. Every request that was taken in is answered, whatever the runner throws and whenever the
 * batcher is closed.
 */
final class Batcher implements AutoCloseable {

    /** Runs tensors as one batch: as many outputs as tensors, in order. */
    interface Runner {
        float[][] run(List<ByteBuffer> tensors);
    }

    /** An output with what it waited and took, in nanoseconds. */
    record Inferred(float[] output, long queue, long infer) {}

    private record Request(ByteBuffer tensor, Deadline deadline, long arrival, CompletableFuture<Inferred> answer) {

        boolean isWanted() {
            if (deadline.hasPassed()) {
                answer.completeExceptionally(deadline.exceeded());
            }
            return !answer.isDone();
        }
    }

    private static final Request STOP =
            new Request(ByteBuffer.allocate(0), Deadline.in(java.time.Duration.ZERO), 0, new CompletableFuture<>());

    private final Runner runner;
    private final BatchSettings settings;
    private final BlockingQueue<Request> queue;
    private final Thread owner;
    private volatile boolean closed;
    private volatile boolean ended;

    Batcher(String name, Runner runner, BatchSettings settings) {
        this.runner = runner;
        this.settings = settings;
        this.queue = new ArrayBlockingQueue<>(settings.queueCapacity());
        this.owner = Thread.ofPlatform().name("batcher-" + name).daemon().start(this::work);
    }

    /**
     * Queues a tensor; {@code OVERLOADED} at once when the queue is full, {@code STOPPING} after close.
     *
     * @param answer gets the output; a request whose answer is done already, cancelled say, is dropped
     */
    void submit(ByteBuffer tensor, Deadline deadline, CompletableFuture<Inferred> answer) {
        Request request = new Request(tensor, deadline, System.nanoTime(), answer);
        if (closed) {
            throw stopping();
        }
        if (!queue.offer(request)) {
            throw new FoveaException(
                    ErrorCode.OVERLOADED,
                    "%d pictures are waiting for this model already. Try again shortly."
                            .formatted(settings.queueCapacity()));
        }
        // whoever takes it out answers it: this thread or the owner, which empties the queue after it has set the flag
        if (ended && queue.remove(request)) {
            throw stopping();
        }
    }

    /** How many wait. */
    int waiting() {
        return queue.size();
    }

    /**
     * Answers what is queued, then stops the owner thread. Returns after the last run even when the caller is
     * interrupted: whoever closes a batcher frees the session next.
     */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        while (owner.isAlive()) {
            try {
                if (queue.offer(STOP, 1, TimeUnit.SECONDS)) {
                    owner.join();
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static FoveaException stopping() {
        return new FoveaException(ErrorCode.STOPPING, "This model version is being retired. Send the request again.");
    }

    private void work() {
        List<Request> batch = new ArrayList<>();
        try {
            serve(batch);
        } catch (InterruptedException e) {
            // nobody but the end of the process interrupts this thread: what it holds is refused below
            closed = true;
        } finally {
            ended = true;
            queue.drainTo(batch);
            batch.forEach(request -> request.answer().completeExceptionally(stopping()));
        }
    }

    private void serve(List<Request> batch) throws InterruptedException {
        boolean running = true;
        while (running) {
            batch.clear();
            gather(batch);
            running = !batch.remove(STOP);
            run(batch);
        }
    }

    private void gather(List<Request> batch) throws InterruptedException {
        Request first = queue.take();
        batch.add(first);
        queue.drainTo(batch, settings.maxBatch() - 1);
        long until = first.arrival() + settings.maxDelay().toNanos();
        while (batch.size() < settings.maxBatch() && !batch.contains(STOP)) {
            Request next = queue.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                return;
            }
            batch.add(next);
        }
    }

    /** A batch that fails is retried picture by picture, so that a bad one fails alone. */
    private void run(List<Request> batch) {
        List<Request> wanted = batch.stream().filter(Request::isWanted).toList();
        if (wanted.isEmpty()) {
            return;
        }
        long start = System.nanoTime();
        try {
            float[][] outputs = runner.run(wanted.stream().map(Request::tensor).toList());
            long took = System.nanoTime() - start;
            for (int i = 0; i < wanted.size(); i++) {
                Request request = wanted.get(i);
                request.answer().complete(new Inferred(outputs[i], start - request.arrival(), took));
            }
        } catch (RuntimeException | Error e) {
            // an Error too: with its owner thread gone the model would let every later caller wait for nothing
            if (wanted.size() == 1) {
                wanted.getFirst().answer().completeExceptionally(e);
                return;
            }
            wanted.forEach(request -> run(List.of(request)));
        }
    }
}
