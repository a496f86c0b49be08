package dev.fovea.pipeline.jobs;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.fovea.fault.FoveaException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Keeps account of long work, so that a start after a crash can say what was cut off. Safe for any threads. */
public final class JobJournal {

    private final JobStore store;
    private final JobOwner owner;
    private final InstantSource clock;

    /** A journal for the work of one process. */
    public JobJournal(JobStore store, JobOwner owner, InstantSource clock) {
        this.store = store;
        this.owner = owner;
        this.clock = clock;
    }

    /**
     * Marks the jobs whose process is gone as cut off and gives them back, oldest first, to be reported. To be called
     * when a process starts; of several that start together one reports each job.
     */
    public List<Job> recover() {
        return store.running().stream()
                .filter(job -> job.owner().isGone(owner))
                .map(job -> job.with(new JobState.CutOff(clock.instant(), "its process ended before it did")))
                .filter(job -> store.end(job.id(), job.state()))
                .toList();
    }

    /**
     * Does the work on record: durable as running before it begins, as done or failed when it ends.
     *
     * @param summary says in words what came out
     */
    public <T> T run(String kind, String subject, Supplier<T> work, Function<T, String> summary) {
        Job job = new Job(
                UlidCreator.getMonotonicUlid().toString(),
                kind,
                subject,
                new JobState.Running(),
                clock.instant(),
                owner);
        store.add(job);
        try {
            T result = work.get();
            store.end(job.id(), new JobState.Done(clock.instant(), summary.apply(result)));
            return result;
        } catch (RuntimeException | Error e) {
            endFailed(job, e);
            throw e;
        }
    }

    /** The newest jobs of all processes, newest first. */
    public List<Job> recent(int limit) {
        return store.recent(limit);
    }

    private void endFailed(Job job, Throwable failure) {
        String message =
                failure instanceof FoveaException known ? known.code() + ": " + known.getMessage() : failure.toString();
        try {
            store.end(job.id(), new JobState.Failed(clock.instant(), message));
        } catch (FoveaException e) {
            failure.addSuppressed(e);
        }
    }
}
