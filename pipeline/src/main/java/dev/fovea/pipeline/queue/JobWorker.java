package dev.fovea.pipeline.queue;

import dev.fovea.fault.FoveaException;
import java.time.Duration;

/** Runs queued jobs one after the other on a thread of its own, {@code jobs}; a server has one. */
public final class JobWorker implements AutoCloseable {

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    private static final System.Logger LOG = System.getLogger("fovea");

    private final Jobs jobs;
    private final Thread thread;
    private volatile boolean closing;

    /** A worker that is not started. */
    public JobWorker(Jobs jobs, Jobs.Performer performer) {
        this.jobs = jobs;
        this.thread = Thread.ofPlatform().name("jobs").daemon().unstarted(() -> work(performer));
    }

    /** Runs queued jobs from now on. */
    public void start() {
        thread.start();
    }

    private void work(Jobs.Performer performer) {
        while (!closing) {
            try {
                if (!jobs.runNext(performer)) {
                    jobs.recover()
                            .forEach(job -> LOG.log(System.Logger.Level.WARNING, "Job {0} was interrupted", job.id()));
                    jobs.awaitSubmission(POLL_INTERVAL);
                }
            } catch (FoveaException e) {
                LOG.log(System.Logger.Level.WARNING, "Jobs are not run for now: {0}", e.getMessage());
                if (!paused()) {
                    closing = true; // not "= !paused()", which would undo a close meanwhile
                }
            } catch (InterruptedException e) {
                closing = true;
            }
        }
    }

    private static boolean paused() {
        try {
            Thread.sleep(POLL_INTERVAL);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Interrupts the running job at its next step, and waits a few seconds for that. */
    @Override
    public void close() {
        closing = true;
        jobs.interrupt();
        if (!thread.isAlive()) {
            return;
        }
        try {
            if (!thread.join(STOP_LIMIT)) {
                LOG.log(System.Logger.Level.WARNING, "A job did not stop; the next start marks it as interrupted");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
