package dev.fovea.fault;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Work that a thread of its own does again and again. A failure is logged once, when it begins, and the work is tried
 * again after its pause; a success after failures is logged too.
 */
public final class RecurringWork implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(RecurringWork.class.getName());

    private final Words words;
    private final Duration afterFailure;
    private final Turn turn;
    private final RecurringFailure failure = new RecurringFailure();
    private final Thread owner;
    private volatile @Nullable String problem;
    private volatile boolean closing;

    /** One turn of the work. */
    public interface Turn {
        /** Does it; returns the pause until the next turn. */
        Duration run();
    }

    /**
     * What is logged.
     *
     * @param trouble what a failure means, as the beginning of a sentence: {@code Images of traffic cannot be kept}
     * @param again what the end of a failure means, as a sentence: {@code Images are kept again.}
     */
    public record Words(String trouble, String again) {}

    /**
     * Not started.
     *
     * @param thread the name of the thread
     * @param afterFailure the pause after a failure
     */
    public RecurringWork(String thread, Words words, Duration afterFailure, Turn turn) {
        this.words = words;
        this.afterFailure = afterFailure;
        this.turn = turn;
        this.owner = Thread.ofPlatform().name(thread).daemon().unstarted(this::loop);
    }

    /** Starts the thread, whose first turn begins at once. */
    public void start() {
        owner.start();
    }

    private void loop() {
        while (!closing) {
            rest(attempt());
        }
    }

    /** Waits until the next turn; a turn too early does no harm. */
    @SuppressWarnings("WaitNotInLoop")
    private synchronized void rest(Duration pause) {
        if (!closing) {
            try {
                wait(Math.max(1, pause.toMillis()));
            } catch (InterruptedException e) {
                closing = true;
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Does one turn on the caller's thread; returns the pause until the next one. An exception must not end the thread,
     * or the work would silently be done no more.
     */
    public Duration attempt() {
        try {
            Duration pause = turn.run();
            problem = null;
            failure.ends().ifPresent(_ -> LOG.log(System.Logger.Level.INFO, words.again()));
            return pause;
        } catch (RuntimeException e) {
            failed(e);
            return afterFailure;
        }
    }

    private void failed(RuntimeException e) {
        boolean known = e instanceof FoveaException;
        problem = "%s: %s".formatted(words.trouble(), known ? e.getMessage() : e);
        if (failure.begins(e)) {
            LOG.log(
                    known ? System.Logger.Level.WARNING : System.Logger.Level.ERROR,
                    "%s; this is tried again: %s".formatted(words.trouble(), e.getMessage()),
                    known ? null : e);
        }
    }

    /** Why the last turn failed, in words; empty when it succeeded. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Waits for the turn that is under way, and ends. */
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
