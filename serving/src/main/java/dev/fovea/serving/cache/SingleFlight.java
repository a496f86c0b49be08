package dev.fovea.serving.cache;

import dev.fovea.fault.FoveaException;
import dev.fovea.runtime.Prediction;
import dev.fovea.runtime.batching.ResponseWait;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Priority;
import dev.fovea.serving.CacheStatus;
import java.util.concurrent.CompletableFuture;

/** One inference under way, for which equal requests may wait. Its owner ends it exactly once, however it went. */
final class SingleFlight {

    private final Priority priority;
    private final CompletableFuture<Landing> landing = new CompletableFuture<>();

    /** How it ended. */
    sealed interface Landing {

        /**
         * With an answer, which is good for everybody.
         *
         * @param origin what it is to the others
         */
        record Landed(Prediction answer, CacheStatus origin) implements Landing {}

        /** With an error that everybody would meet. */
        record Failed(FoveaException why) implements Landing {}

        /** Its owner could not, or would not, wait for the end; somebody else may fly. */
        record Abandoned() implements Landing {}
    }

    SingleFlight(Priority priority) {
        this.priority = priority;
    }

    /** Whether a request of that priority is not held up by waiting for this one. */
    boolean suits(Priority other) {
        return priority.compareTo(other) <= 0;
    }

    /**
     * The end, for somebody who waits for it.
     *
     * @throws FoveaException {@code DEADLINE_EXCEEDED} by the waiting one's own deadline; {@code CANCELLED} when it is
     *     interrupted, which nobody else notices
     */
    Landing await(Deadline deadline) {
        return ResponseWait.forAnswer(landing, deadline, () -> {});
    }

    void end(Landing how) {
        landing.complete(how);
    }

    /** What a failure of the owner means for the others: its own waiting is not theirs. */
    static Landing failed(FoveaException why) {
        return why.code().isOneRequests() ? new Landing.Abandoned() : new Landing.Failed(why);
    }
}
