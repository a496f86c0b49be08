package dev.fovea.load;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * An open-loop load generator: requests are sent on schedule, independent of earlier ones, and latency counts from the
 * scheduled time. A closed loop would not send the requests that meet a stall ("coordinated omission": Schroeder,
 * Wierman and Harchol-Balter, Open Versus Closed, NSDI 2006; G. Tene, How NOT to Measure Latency, 2013).
 *
 * <p>The platform thread that calls {@link #run} keeps the schedule; each request has a virtual thread. Requests beyond
 * the in-flight limit are counted as not started. For one run.
 */
public final class Generator {

    /** The first request is due so long after the beginning. */
    private static final long LEAD_NANOS = Duration.ofMillis(20).toNanos();

    private final LoadPlan plan;
    private final LoadConnections connections;
    private final LoadTarget target;
    private final Tally tally = new Tally();
    private final Semaphore free;
    private final long warmUp;
    private final long end;
    private volatile long beginning = Long.MAX_VALUE;

    /** Nothing is sent yet; the connections stay the caller's. */
    public Generator(LoadPlan plan, LoadConnections connections, LoadTarget target) {
        this.plan = plan;
        this.connections = connections;
        this.target = target;
        this.free = new Semaphore(plan.limits().inFlight());
        this.warmUp = plan.arrivals().warmUp().toNanos();
        this.end = warmUp + plan.arrivals().measured().toNanos();
    }

    /**
     * The progress of a run.
     *
     * @param fraction of the time in which requests come due, 0 to 1
     * @param remaining of that time
     * @param inFlight requests under way
     */
    public record LoadProgress(boolean warmingUp, double fraction, Duration remaining, int inFlight) {}

    /** For any thread, at any time. */
    public LoadProgress progress() {
        long started = beginning;
        long passed = started == Long.MAX_VALUE ? 0 : Math.clamp(System.nanoTime() - started, 0, end);
        return new LoadProgress(
                passed < warmUp,
                (double) passed / end,
                Duration.ofNanos(end - passed),
                plan.limits().inFlight() - free.availablePermits());
    }

    /**
     * Sends until the end of the plan, then waits for requests in flight, at most for the plan's timeout.
     *
     * @throws FoveaException {@code CANCELLED} when its thread is interrupted
     */
    public LoadReport run() {
        List<LoadRequest> requests = target.requests();
        PoissonArrivals arrivals =
                new PoissonArrivals(plan.arrivals().perSecond(), plan.arrivals().seed());
        beginning = System.nanoTime() + LEAD_NANOS;
        try {
            int turn = 0;
            for (long due = arrivals.next(); due < end; due = arrivals.next()) {
                waitUntil(beginning + due);
                start(requests.get(turn), due);
                turn = (turn + 1) % requests.size();
            }
            free.acquire(plan.limits().inFlight());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FoveaException(ErrorCode.CANCELLED, "The load was stopped.", e);
        }
        return LoadReport.of(plan, tally);
    }

    private static void waitUntil(long at) throws InterruptedException {
        for (long left = at - System.nanoTime(); left > 0; left = at - System.nanoTime()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(left);
        }
    }

    private void start(LoadRequest request, long due) {
        boolean counts = due >= warmUp;
        if (counts) {
            tally.due();
        }
        if (free.tryAcquire()) {
            Thread.ofVirtual().start(() -> send(request, due, counts));
        } else if (counts) {
            tally.notStarted();
        }
    }

    private void send(LoadRequest request, long due, boolean counts) {
        try {
            long late = System.nanoTime() - beginning - due;
            LoadOutcome outcome = outcome(request);
            long ended = System.nanoTime() - beginning;
            if (counts) {
                tally.sent(late);
                tally.ended(outcome, ended - due, ended - warmUp);
            }
        } finally {
            free.release();
        }
    }

    private LoadOutcome outcome(LoadRequest request) {
        try {
            LoadResponse response = connections.send(request, plan.limits().timeout());
            return response.isSuccess()
                    ? new LoadOutcome.Succeeded()
                    : new LoadOutcome.ErrorReturned(target.code(response));
        } catch (IOException e) {
            return new LoadOutcome.Lost(RequestFailure.of(e));
        }
    }
}
