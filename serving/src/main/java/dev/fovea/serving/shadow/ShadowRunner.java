package dev.fovea.serving.shadow;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.runtime.BackgroundModel;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.serving.RequestDetails;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs one candidate on production's images, on a platform thread of low priority. An image waits for a moment with
 * fewer requests than cores; one that waits too long, or finds the queue full, is dropped and counted. So production
 * never waits for the candidate.
 */
final class ShadowRunner implements AutoCloseable {

    private static final int MAX_QUEUED = 64;
    private static final long MAX_QUEUED_BYTES = 64L << 20;
    private static final long MAX_WAIT_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();
    /** How often an idle runner looks whether its shadow has ended. */
    private static final Duration LOOK = Duration.ofMillis(250);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final System.Logger LOG = System.getLogger(ShadowRunner.class.getName());

    private final Shadow shadow;
    private final Supplier<BackgroundModel> model;
    private final BooleanSupplier busy;
    private final DifferenceImages images;
    private final InstantSource clock;
    private final BlockingQueue<Mirrored> queue = new ArrayBlockingQueue<>(MAX_QUEUED);
    private final AtomicLong queuedBytes = new AtomicLong();
    private final ShadowResults results = new ShadowResults();
    private final Thread thread;
    private int kept;
    private volatile boolean closed;
    private volatile @Nullable FoveaException problem;

    /**
     * An image with production's prediction for it.
     *
     * @param arrived {@link System#nanoTime}
     * @param nanos that production took, without waiting
     */
    record Mirrored(RequestDetails details, byte[] image, PredictionResult production, long arrived, long nanos) {}

    /**
     * A runner that is not started.
     *
     * @param model opens the candidate, on the runner's thread
     * @param busy whether production needs every core now
     */
    ShadowRunner(
            Shadow shadow,
            Supplier<BackgroundModel> model,
            BooleanSupplier busy,
            DifferenceImages images,
            InstantSource clock) {
        this.shadow = shadow;
        this.model = model;
        this.busy = busy;
        this.images = images;
        this.clock = clock;
        this.thread =
                Thread.ofPlatform().name("shadow-" + shadow.model()).daemon().unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    Shadow shadow() {
        return shadow;
    }

    ShadowResults results() {
        return results;
    }

    /** Why the candidate cannot predict; empty while it can. */
    Optional<FoveaException> problem() {
        return Optional.ofNullable(problem);
    }

    /** Takes an image over, or drops it; never waits. */
    void offer(Mirrored mirrored) {
        if (problem != null) {
            return;
        }
        long bytes = mirrored.image().length;
        if (queuedBytes.addAndGet(bytes) > MAX_QUEUED_BYTES || !queue.offer(mirrored)) {
            queuedBytes.addAndGet(-bytes);
            results.dropped();
        }
    }

    private void work() {
        boolean _ = BackgroundModel.lowerPriority();
        try (BackgroundModel candidate = model.get()) {
            while (!closed) {
                Mirrored next = queue.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (next != null) {
                    compare(candidate, next);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // only the end of the process interrupts this thread
        } catch (FoveaException e) {
            problem = e;
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "The shadow %s failed".formatted(shadow.version()), e);
            problem = new FoveaException(
                    ErrorCode.INTERNAL, "The shadow %s failed: %s.".formatted(shadow.version(), e), e);
        }
    }

    private void compare(BackgroundModel candidate, Mirrored mirrored) {
        queuedBytes.addAndGet(-mirrored.image().length);
        while (busy.getAsBoolean() && !closed) {
            if (System.nanoTime() - mirrored.arrived() > MAX_WAIT_NANOS) {
                results.dropped();
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        PredictionResult predicted;
        long start = THREADS.getCurrentThreadCpuTime();
        try {
            predicted = candidate.predict(mirrored.image());
        } catch (FoveaException e) {
            results.failed(e.code());
            return;
        }
        results.compared(mirrored.nanos(), THREADS.getCurrentThreadCpuTime() - start);
        PredictionComparison.of(mirrored.production(), predicted)
                .ifPresent(difference -> results.differs(keep(
                        mirrored,
                        new ShadowDifference(clock.instant(), mirrored.details().id(), difference, Optional.empty()))));
    }

    /** Keeps the image where the shadow's owner asked for it; one that cannot be kept is a difference all the same. */
    private ShadowDifference keep(Mirrored mirrored, ShadowDifference difference) {
        boolean wanted = shadow.images().filter(images -> kept < images.max()).isPresent();
        if (!wanted || !mirrored.details().keepable()) {
            return difference;
        }
        try {
            String image = images.keep(shadow, mirrored.image(), difference);
            kept++;
            return new ShadowDifference(
                    difference.at(), difference.requestId(), difference.difference(), Optional.of(image));
        } catch (FoveaException e) {
            results.failed(e.code());
            return difference;
        }
    }

    /** Ends the thread after its image, and frees the candidate. */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
