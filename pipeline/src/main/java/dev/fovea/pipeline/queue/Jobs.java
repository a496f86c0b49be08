package dev.fovea.pipeline.queue;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.request.JobRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The jobs of a home: queued for a server ({@link #submit}, {@link #runNext}) or run at once by a command
 * ({@link #run}). Each is recorded before it begins, and every process sees and cancels those of all others.
 *
 * <p>Any thread may call it. Work runs on the caller's thread; one daemon thread, {@code job-leases}, writes the steps
 * of running jobs each second and reads whether they are cancelled.
 */
public final class Jobs implements AutoCloseable {

    /** Maximum number of stored jobs that have ended. */
    static final int KEPT = 500;

    static final int MAX_QUEUED = 100;

    private static final Duration RENEW_EVERY = Duration.ofSeconds(1);
    /** Longer than a pause of the process or of the database. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    private static final System.Logger LOG = System.getLogger("fovea");

    private final JobStore store;
    private final JobOwner owner;
    private final InstantSource clock;
    private final Map<String, ActiveJob> active = new ConcurrentHashMap<>();
    private final Semaphore submitted = new Semaphore(0);
    private final AtomicBoolean renewing = new AtomicBoolean();
    private final ScheduledExecutorService leases = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("job-leases").daemon().factory());

    /** Jobs in a store, of which this process runs some. */
    public Jobs(JobStore store, JobOwner owner, InstantSource clock) {
        this.store = store;
        this.owner = owner;
        this.clock = clock;
    }

    /** Work that says its state. */
    @FunctionalInterface
    public interface Work<T> {
        T run(JobProgress progress);
    }

    /** Runs a request. */
    @FunctionalInterface
    public interface Performer {
        JobOutcome perform(JobRequest request, JobProgress progress);
    }

    /**
     * Puts a job in the queue.
     *
     * @throws FoveaException {@code ARGUMENT_INVALID} for a request that contradicts itself, {@code OVERLOADED} when
     *     {@value #MAX_QUEUED} wait
     */
    public Job submit(JobRequest request) {
        request.validate();
        if (store.open().size() >= MAX_QUEUED) {
            throw new FoveaException(
                    ErrorCode.OVERLOADED,
                    "%d jobs are queued already. Submit this one when some have ended.".formatted(MAX_QUEUED));
        }
        Job job = added(request, Optional.empty(), new JobState.Queued());
        store.prune(KEPT);
        submitted.release();
        return job;
    }

    /**
     * Runs work on this thread as a recorded job: running before it begins, with its result afterwards.
     *
     * @param listener receives the progress as well
     * @param outcome of the work's result
     * @throws FoveaException {@code ARGUMENT_INVALID} for a request that contradicts itself, and what the work throws
     */
    public <T> T run(JobRequest request, JobProgress listener, Work<T> work, Function<T, JobOutcome> outcome) {
        request.validate();
        Job job = added(request, Optional.of(now()), running());
        store.prune(KEPT);
        return run(job, new ActiveJob(job.id(), listener), _ -> false, work, outcome);
    }

    /**
     * Runs the oldest queued job on this thread, if there is one; its error is recorded. A job that {@link #interrupt}
     * stops is queued again.
     */
    public boolean runNext(Performer performer) {
        Optional<Job> claimed = store.claim(running(), now());
        claimed.ifPresent(job -> {
            try {
                JobOutcome _ = run(
                        job,
                        new ActiveJob(job.id(), (step, fraction, remaining, detail) -> {}),
                        store::requeue,
                        progress -> performer.perform(job.request(), progress),
                        result -> result);
            } catch (FoveaException e) {
                LOG.log(System.Logger.Level.INFO, "Job {0} ended: {1}", job.id(), e.getMessage());
            } catch (RuntimeException | Error e) {
                LOG.log(System.Logger.Level.ERROR, "Job " + job.id() + " failed", e);
            }
        });
        return claimed.isPresent();
    }

    /** Waits until a job is submitted in this process, or for a while; jobs of other processes are polled. */
    public void awaitSubmission(Duration limit) throws InterruptedException {
        if (submitted.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            submitted.drainPermits();
        }
    }

    /** A job; {@code NOT_FOUND} if it is not stored. */
    public Job job(String id) {
        return store.find(id)
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.NOT_FOUND,
                        "There is no job \"%s\"; the last %d are stored. \"fovea jobs\" and GET /v1/jobs list them."
                                .formatted(id, KEPT)));
    }

    /** Ids of the queued jobs, in the order in which they will run. */
    public List<String> queue() {
        return store.open().stream()
                .filter(job -> job.state() instanceof JobState.Queued)
                .map(Job::id)
                .toList();
    }

    /** The full report of a job, as JSON. */
    public Optional<String> report(String id) {
        return store.report(id);
    }

    /** The newest jobs of all processes, newest first. */
    public List<Job> recent(int limit) {
        return store.recent(limit);
    }

    /** Cancels a queued job, and stops a running one at its next step; {@code STATE_CONFLICT} when it has ended. */
    public Job cancel(String id) {
        Job job = job(id);
        if (!store.cancel(id, now())) {
            throw new FoveaException(
                    ErrorCode.STATE_CONFLICT,
                    "Job %s has ended (%s): there is nothing to cancel."
                            .formatted(id, job.state().word()));
        }
        Optional.ofNullable(active.get(id)).ifPresent(one -> one.end(ActiveJob.End.CANCELLED));
        return job(id);
    }

    /**
     * Marks the jobs whose process is gone as interrupted and returns them, oldest first, to be reported; of several
     * processes that call it one reports each job.
     */
    public List<Job> recover() {
        return store.open().stream()
                .filter(job -> job.state() instanceof JobState.Running running
                        && running.owner().isGone(owner, running.lease(), now()))
                .filter(job -> store.end(job.id(), new JobState.Interrupted(), now(), Optional.empty()))
                .toList();
    }

    private Job added(JobRequest request, Optional<Instant> started, JobState state) {
        Job job = new Job(
                UlidCreator.getMonotonicUlid().toString(),
                request,
                new Job.Times(now(), started, Optional.empty()),
                state,
                JobStep.NONE);
        store.add(job);
        return job;
    }

    /** @param again puts the interrupted job back into the queue; false where it does not belong there */
    private <T> T run(
            Job job, ActiveJob running, Predicate<String> again, Work<T> work, Function<T, JobOutcome> outcome) {
        active.put(job.id(), running);
        if (renewing.compareAndSet(false, true)) {
            var _ = leases.scheduleWithFixedDelay(
                    this::renew, RENEW_EVERY.toMillis(), RENEW_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
        try {
            T result = work.run(running);
            JobOutcome made = outcome.apply(result);
            active.remove(job.id());
            store.renew(job.id(), running(), running.step());
            store.end(job.id(), new JobState.Done(made.result()), now(), made.report());
            return result;
        } catch (RuntimeException | Error e) {
            active.remove(job.id());
            endFailed(job, running, again, e);
            throw e;
        }
    }

    private void endFailed(Job job, ActiveJob running, Predicate<String> again, Throwable failure) {
        try {
            JobState state = running.ended(failure);
            if (state instanceof JobState.Interrupted && again.test(job.id())) {
                return;
            }
            store.renew(job.id(), running(), running.step());
            store.end(job.id(), state, now(), Optional.empty());
        } catch (FoveaException e) {
            failure.addSuppressed(e);
        }
    }

    /** Never throws: a timer that throws never runs again. */
    private void renew() {
        active.forEach((id, job) -> {
            try {
                switch (store.renew(id, running(), job.step())) {
                    case KEPT -> {}
                    case CANCEL_REQUESTED -> job.end(ActiveJob.End.CANCELLED);
                    case LOST -> job.end(ActiveJob.End.INTERRUPTED);
                }
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.DEBUG, "The lease of a job was not renewed", e);
            }
        });
    }

    private JobState.Running running() {
        return new JobState.Running(owner, now().plus(LEASE), false);
    }

    /** To the microsecond, as in the stores. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Interrupts the jobs of this process at their next step, and ends {@link #awaitSubmission}. */
    public void interrupt() {
        active.values().forEach(job -> job.end(ActiveJob.End.INTERRUPTED));
        submitted.release();
    }

    @Override
    public void close() {
        interrupt();
        leases.shutdownNow();
    }
}
