package dev.fovea.pipeline.run;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.pipeline.queue.Job;
import dev.fovea.pipeline.queue.JobState;
import dev.fovea.pipeline.queue.JobStore;
import java.util.List;

/** The runs of a home, as they stand: one whose process is gone runs no longer. Thread-safe. */
public final class TrainingRuns {

    private final RunStore store;
    private final JobStore jobs;

    /** Runs in a store. */
    public TrainingRuns(RunStore store, JobStore jobs) {
        this.store = store;
        this.jobs = jobs;
    }

    /** The newest runs, newest first, without their curves. */
    public List<RunRecord> newest(RunStore.RunFilter filter, int limit) {
        return store.newest(filter, limit).stream().map(this::current).toList();
    }

    /** A run with its curves; {@code NOT_FOUND} if none has the id. */
    public RunRecord run(String id) {
        return store.find(id)
                .map(this::current)
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.NOT_FOUND,
                        "There is no run \"%s\". GET /v1/runs lists the runs of all trainings."
                                .formatted(Printable.brief(id))));
    }

    private RunRecord current(RunRecord run) {
        RunStatus.RunState stored = run.status().state();
        if (stored == RunStatus.RunState.DONE || stored == RunStatus.RunState.FAILED) {
            return run;
        }
        RunStatus.RunState state = run.subject()
                .job()
                .flatMap(jobs::find)
                .map(Job::state)
                .map(job -> state(job, stored))
                .orElse(stored == RunStatus.RunState.RUNNING ? RunStatus.RunState.INTERRUPTED : stored);
        return state == stored ? run : run.with(run.status().with(state));
    }

    /** That of the job, which knows more when its process was killed, or when the program ended in the midst. */
    private static RunStatus.RunState state(JobState job, RunStatus.RunState stored) {
        return switch (job) {
            case JobState.Queued _, JobState.Running _, JobState.Done _ -> stored;
            case JobState.Failed _ -> RunStatus.RunState.FAILED;
            case JobState.Cancelled _ -> RunStatus.RunState.CANCELLED;
            case JobState.Interrupted _ -> RunStatus.RunState.INTERRUPTED;
        };
    }
}
