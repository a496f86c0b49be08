package dev.fovea.training;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Runs independent pieces of work, numbered from 0, on a bounded number of platform threads. */
public final class OrderedWork {

    private OrderedWork() {}

    /** Returns when all are done; the first failure is thrown as it was. */
    public static void run(int count, int threads, IntConsumer work) {
        try (ForkJoinPool pool = new ForkJoinPool(threads)) {
            pool.submit(() -> IntStream.range(0, count).parallel().forEach(work))
                    .get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
