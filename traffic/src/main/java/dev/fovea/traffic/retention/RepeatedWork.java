package dev.fovea.traffic.retention;

import dev.fovea.fault.FoveaException;
import dev.fovea.fault.RecurringFailure;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Work that a thread of its own does again and again. A failure is reported once, and the work is tried again. */
final class RepeatedWork implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(RepeatedWork.class.getName());

    private final Duration pause;
    private final String trouble;
    private final Runnable work;
    private final RecurringFailure failure = new RecurringFailure();
    private final Thread owner;
    private volatile @Nullable String problem;
    private boolean closing; // guarded by this

    /**
     * Not started.
     *
     * @param trouble what a failure means, as the beginning of a sentence
     */
    RepeatedWork(String thread, Duration pause, String trouble, Runnable work) {
        this.pause = pause;
        this.trouble = trouble;
        this.work = work;
        this.owner = Thread.ofPlatform().name(thread).daemon().unstarted(this::loop);
    }

    void start() {
        owner.start();
    }

    private void loop() {
        while (isOpen()) {
            attempt();
        }
    }

    /** Waits until the next turn, which may come early; returns whether there is one. */
    @SuppressWarnings("WaitNotInLoop")
    private synchronized boolean isOpen() {
        if (!closing) {
            try {
                wait(pause.toMillis());
            } catch (InterruptedException e) {
                closing = true;
                Thread.currentThread().interrupt();
            }
        }
        return !closing;
    }

    /** Does the work once. An exception must not end the thread, or images would silently be kept no more. */
    void attempt() {
        try {
            work.run();
            succeeded();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void succeeded() {
        problem = null;
        failure.ends().ifPresent(_ -> LOG.log(System.Logger.Level.INFO, "Images are kept again."));
    }

    /** Reports a failure that left the rest of the work undisturbed. */
    private void failed(RuntimeException e) {
        boolean known = e instanceof FoveaException;
        problem = "%s: %s".formatted(trouble, known ? e.getMessage() : e);
        if (failure.begins(e)) {
            LOG.log(
                    known ? System.Logger.Level.WARNING : System.Logger.Level.ERROR,
                    "%s, which is tried again: %s".formatted(trouble, e.getMessage()),
                    known ? null : e);
        }
    }

    /** What keeps it from working, in words with the remedy. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Ends after what is under way. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (owner.isAlive()) {
            try {
                owner.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
