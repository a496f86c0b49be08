package dev.fovea.datasets;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Native work over many things on a bounded number of platform threads; results and progress on the caller's thread.
 */
public record ParallelWork(int threads) {

    private static final int AHEAD = 4;

    /** The results in the order of the things; {@code CANCELLED} when the caller is interrupted. */
    public <T, R> List<R> map(List<T> things, Function<T, R> work, IngestProgress progress) {
        ExecutorService pool = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("images-", 0).daemon().factory());
        try {
            List<Future<R>> pending = new ArrayList<>();
            things.forEach(thing -> pending.add(pool.submit(() -> work.apply(thing))));
            List<R> results = new ArrayList<>();
            for (Future<R> result : pending) {
                if (Thread.interrupted()) {
                    // a completed future ignores the interrupt
                    throw new InterruptedException();
                }
                results.add(result.get());
                progress.at(results.size(), things.size());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FoveaException(
                    ErrorCode.CANCELLED, "The work on %d images was cancelled.".formatted(things.size()), e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FoveaException known ? known : unexpected(e);
        } finally {
            pool.shutdownNow();
        }
    }

    /**
     * Passes each result on in the order of the things; only a few things per thread are worked on ahead, so that
     * results may be large and things endless.
     *
     * @param total number of things for the progress; 0 where it is unknown
     */
    public <T, R> void forEach(
            Stream<T> things, Function<T, R> work, Consumer<R> consumer, int total, IngestProgress progress) {
        ExecutorService pool = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("images-", 0).daemon().factory());
        Deque<Future<R>> ahead = new ArrayDeque<>();
        AtomicInteger done = new AtomicInteger();
        Runnable next = () -> {
            consumer.accept(result(ahead.remove(), done.get()));
            progress.at(done.incrementAndGet(), total);
        };
        try {
            things.forEachOrdered(thing -> {
                ahead.add(pool.submit(() -> work.apply(thing)));
                if (ahead.size() >= AHEAD * threads) {
                    next.run();
                }
            });
            while (!ahead.isEmpty()) {
                next.run();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static <R> R result(Future<R> future, int done) {
        try {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FoveaException(ErrorCode.CANCELLED, "The work was cancelled after %d images.".formatted(done), e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FoveaException known ? known : unexpected(e);
        }
    }

    private static FoveaException unexpected(ExecutionException failure) {
        return new FoveaException(
                ErrorCode.INTERNAL, "An image could not be processed; see the log for the cause.", failure.getCause());
    }
}
