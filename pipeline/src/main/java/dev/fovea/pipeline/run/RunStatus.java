package dev.fovea.pipeline.run;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How a run stands.
 *
 * @param started when learning was prepared
 * @param ended empty while it runs
 * @param message why it failed; empty otherwise
 */
public record RunStatus(RunState state, Instant started, Optional<Instant> ended, String message) {

    /** The states, with the names that jobs have. */
    public enum RunState {
        RUNNING,
        DONE,
        FAILED,
        CANCELLED,
        INTERRUPTED;

        /** As in the API. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The same in another state. */
    public RunStatus with(RunState other) {
        return new RunStatus(other, started, ended, message);
    }
}
