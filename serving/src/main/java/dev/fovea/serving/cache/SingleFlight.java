package dev.fovea.serving.cache;

import dev.fovea.fault.FoveaException;
import dev.fovea.runtime.Prediction;
import dev.fovea.runtime.batching.ResponseWait;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Priority;
import dev.fovea.serving.CacheStatus;
import java.util.concurrent.CompletableFuture;

/** One inference in flight, for which equal requests may wait. Its owner completes it exactly once. */
final class SingleFlight {

    private final Priority priority;
    private final CompletableFuture<FlightOutcome> outcome = new CompletableFuture<>();

    /** The outcome of the inference. */
    sealed interface FlightOutcome {

        /**
         * A prediction for all waiting requests.
         *
         * @param origin the cache status for waiting requests
         */
        record Completed(Prediction prediction, CacheStatus origin) implements FlightOutcome {}

        /** An error that applies to all waiting requests. */
        record Rejected(FoveaException why) implements FlightOutcome {}

        /** The owner gave up; a waiting request may run the network. */
        record Abandoned() implements FlightOutcome {}
    }

    SingleFlight(Priority priority) {
        this.priority = priority;
    }

    /** Whether a request of that priority can wait without running later than on its own. */
    boolean suits(Priority other) {
        return priority.compareTo(other) <= 0;
    }

    /**
     * Waits for the outcome.
     *
     * @throws FoveaException {@code DEADLINE_EXCEEDED} by the caller's own deadline; {@code CANCELLED} when the caller
     *     is interrupted
     */
    FlightOutcome await(Deadline deadline) {
        return ResponseWait.forResponse(outcome, deadline, () -> {});
    }

    void end(FlightOutcome result) {
        outcome.complete(result);
    }

    /** The outcome for waiting requests when the owner fails. */
    static FlightOutcome failed(FoveaException why) {
        return why.code().isOneRequests() ? new FlightOutcome.Abandoned() : new FlightOutcome.Rejected(why);
    }
}
