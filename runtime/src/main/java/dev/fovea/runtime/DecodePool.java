package dev.fovea.runtime;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.runtime.batching.ByteBudget;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The program's bounded platform threads for native work on images: decode and resize pin whatever thread they run on,
 * so they never run on virtual threads. What waits is bounded in items and in bytes. Shared by all models; the program
 * closes it last.
 */
public final class DecodePool implements AutoCloseable {

    private final ThreadPoolExecutor pool;
    private final ByteBudget waiting;
    private final ByteBudget tensors;

    /** As many threads as given; at most {@code maxWaiting} jobs and {@code maxWaitingBytes} image bytes wait. */
    public DecodePool(int threads, int maxWaiting, long maxWaitingBytes) {
        this.pool = new ThreadPoolExecutor(
                threads,
                threads,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(maxWaiting),
                Thread.ofPlatform().name("images-", 0).daemon().factory());
        this.waiting = new ByteBudget(maxWaitingBytes);
        this.tensors = new ByteBudget(maxWaitingBytes);
    }

    /** One thread per core, 512 jobs, 1.5 GB of decoded pixels: some 40 photographs of 12 megapixels. */
    public static DecodePool forThisMachine() {
        return new DecodePool(Runtime.getRuntime().availableProcessors(), 512, 1_500_000_000);
    }

    /**
     * Runs work on an image of so many bytes; {@code OVERLOADED} at once when too much waits, {@code STOPPING} after
     * close.
     */
    public <T> Future<T> submit(long bytes, Callable<T> work) {
        if (!waiting.take(bytes)) {
            throw overloaded("%,d bytes of images".formatted(waiting.used()));
        }
        FutureTask<T> task = new FutureTask<>(work) {
            // runs once however the task ends; one that is cancelled while it waits never reaches its work
            @Override
            protected void done() {
                waiting.give(bytes);
            }
        };
        try {
            pool.execute(task);
            return task;
        } catch (RejectedExecutionException e) {
            task.cancel(false);
            throw pool.isShutdown()
                    ? new FoveaException(ErrorCode.STOPPING, "The program is stopping. Send the request again.", e)
                    : overloaded("%d images".formatted(pool.getQueue().size()));
        }
    }

    /** Image bytes that wait or are worked on. */
    long waitingBytes() {
        return waiting.used();
    }

    /** The limit of queued tensors of all models, in bytes; as much as may wait to be decoded. */
    ByteBudget tensors() {
        return tensors;
    }

    private static FoveaException overloaded(String what) {
        return FoveaException.overloaded(
                what + " are waiting to be decoded already. Try again shortly.", Duration.ofSeconds(1));
    }

    @Override
    public void close() {
        pool.shutdown();
    }
}
