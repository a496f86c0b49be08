package dev.fovea.datasets.curation;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Writes one batch on a thread of its own while its owner prepares the next: no more than two batches are in memory.
 * The owner's thread calls every method and gets the results.
 */
final class BatchWriter<B, R> implements AutoCloseable {

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("images-writer").daemon().factory());
    private final Function<B, R> work;
    private final Consumer<R> results;
    private Optional<Future<R>> pending = Optional.empty();

    BatchWriter(Function<B, R> work, Consumer<R> results) {
        this.work = work;
        this.results = results;
    }

    /** Starts with a batch once the one before it is written; throws what that failed with. */
    void write(B batch) {
        finish();
        pending = Optional.of(thread.submit(() -> work.apply(batch)));
    }

    /** Returns once everything is written; throws what the last batch failed with. */
    void finish() {
        if (pending.isPresent()) {
            R result = result(pending.get());
            pending = Optional.empty();
            results.accept(result);
        }
    }

    private static <R> R result(Future<R> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FoveaException(ErrorCode.CANCELLED, "The work was cancelled.", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FoveaException known
                    ? known
                    : new FoveaException(
                            ErrorCode.INTERNAL,
                            "A batch could not be stored; see the log for the cause.",
                            e.getCause());
        }
    }

    /** Waits for a batch that is being written: nothing is written after the owner has gone on. */
    @Override
    public void close() {
        thread.close();
    }
}
