package dev.fovea.runtime.batching;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.runtime.session.Deadline;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for a response from another thread. */
public final class ResponseWait {

    private ResponseWait() {}

    /**
     * The response, within the deadline.
     *
     * @param abandon called when the caller stops waiting
     * @throws FoveaException {@code DEADLINE_EXCEEDED}, {@code CANCELLED} when interrupted, or what the response failed
     *     with
     */
    public static <T> T forResponse(CompletableFuture<T> response, Deadline deadline, Runnable abandon) {
        try {
            if (Thread.interrupted()) {
                // a future that is done already would not look
                throw new InterruptedException();
            }
            return response.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            abandon.run();
            throw deadline.exceeded();
        } catch (InterruptedException e) {
            abandon.run();
            Thread.currentThread().interrupt();
            throw new FoveaException(ErrorCode.CANCELLED, "The caller no longer waits for the response.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FoveaException known) {
                throw known;
            }
            throw new FoveaException(ErrorCode.INTERNAL, "The prediction failed; see the log.", e.getCause());
        }
    }
}
