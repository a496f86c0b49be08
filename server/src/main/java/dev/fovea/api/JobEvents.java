package dev.fovea.api;

import dev.fovea.api.view.JobViews;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.queue.Job;
import dev.fovea.pipeline.queue.Jobs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/**
 * Server-sent events: a job whenever it has changed, until it ends. A stream keeps a virtual thread, which looks at the
 * job twice a second, since any process may run it. Thread-safe.
 */
public final class JobEvents implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    /** A comment is sent so often, which shows whether the reader is still there. */
    private static final int LOOKS_PER_COMMENT = 20;

    private static final int MAX_STREAMS = 100;

    private final Jobs jobs;
    private final JsonMapper json;
    private final Semaphore streams = new Semaphore(MAX_STREAMS);
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Events of jobs. */
    public JobEvents(Jobs jobs, JsonMapper json) {
        this.jobs = jobs;
        this.json = json;
    }

    /** Writes events until the job ends or the server stops; {@code OVERLOADED} when too many are watched. */
    void write(Job first, Function<Job, JobViews.JobView> view, OutputStream out) throws IOException {
        if (!streams.tryAcquire()) {
            throw new FoveaException(
                    ErrorCode.OVERLOADED,
                    "%d streams of job events are open already. Poll GET /v1/jobs/{id} instead."
                            .formatted(MAX_STREAMS));
        }
        try {
            Job job = first;
            JobViews.JobView sent = view.apply(job);
            send(out, sent);
            int looks = 0;
            while (job.isOpen() && !closed.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                Job now = jobs.job(job.id());
                looks++;
                JobViews.JobView next = view.apply(now); // its position in the queue changes with other jobs
                if (!next.equals(sent)) {
                    send(out, next);
                    sent = next;
                } else if (looks % LOOKS_PER_COMMENT == 0) {
                    out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
                    out.flush();
                }
                job = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            streams.release();
        }
    }

    private void send(OutputStream out, JobViews.JobView job) throws IOException {
        out.write("event: job\ndata: %s\n\n"
                .formatted(json.writeValueAsString(job))
                .getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Ends all streams. */
    @Override
    public void close() {
        closed.countDown();
    }
}
