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
import java.util.function.Consumer;
import java.util.function.Function;

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
     * results may be large.
     */
    public <T, R> void forEach(List<T> things, Function<T, R> work, Consumer<R> consumer, IngestProgress progress) {
        ExecutorService pool = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("images-", 0).daemon().factory());
        try {
            Deque<Future<R>> ahead = new ArrayDeque<>();
            int submitted = 0;
            for (int done = 0; done < things.size(); done++) {
                while (submitted < things.size() && ahead.size() < AHEAD * threads) {
                    T thing = things.get(submitted++);
                    ahead.add(pool.submit(() -> work.apply(thing)));
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                consumer.accept(ahead.remove().get());
                progress.at(done + 1, things.size());
            }
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

    private static FoveaException unexpected(ExecutionException failure) {
        return new FoveaException(
                ErrorCode.INTERNAL, "An image could not be processed; see the log for the cause.", failure.getCause());
    }
}
