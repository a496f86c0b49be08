package dev.fovea.pipeline.queue;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.time.Duration;
import java.util.Optional;

/** A job that runs in this process: its step, and whether it was stopped. Thread-safe. */
final class ActiveJob implements JobProgress {

    /** How it was stopped. */
    enum End {
        NOT_YET,
        CANCELLED,
        INTERRUPTED
    }

    private final String id;
    private final JobProgress listener;
    private volatile JobStep step = JobStep.NONE;
    private volatile End end = End.NOT_YET;

    ActiveJob(String id, JobProgress listener) {
        this.id = id;
        this.listener = listener;
    }

    JobStep step() {
        return step;
    }

    void end(End how) {
        end = how;
    }

    @Override
    public Optional<String> job() {
        return Optional.of(id);
    }

    @Override
    public void at(String name, double fraction, Optional<Duration> remaining, String detail) {
        step = new JobStep(name, fraction, detail);
        switch (end) {
            case NOT_YET -> listener.at(name, fraction, remaining, detail);
            case CANCELLED -> throw new FoveaException(ErrorCode.CANCELLED, "The job was cancelled.");
            case INTERRUPTED ->
                throw new FoveaException(ErrorCode.CANCELLED, "The job was interrupted. Start it again.");
        }
    }

    /** The state after a failure. */
    JobState ended(Throwable failure) {
        if (!(failure instanceof FoveaException known)) {
            return new JobState.Failed(
                    ErrorCode.INTERNAL, "The job failed because of a fault in the program. See the log.");
        }
        if (known.code() == ErrorCode.CANCELLED) {
            return end == End.INTERRUPTED ? new JobState.Interrupted() : new JobState.Cancelled();
        }
        return new JobState.Failed(known.code(), String.valueOf(known.getMessage()));
    }
}
