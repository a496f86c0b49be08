package dev.fovea.serving;

import dev.fovea.registry.Registry;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Watches the registry's revision, which any process may move, and makes the predictor follow. One thread of its own; closed
 * before the predictor.
 */
public final class Reconciler implements AutoCloseable {

    private final Registry registry;
    private final Predictor predictor;
    private final Consumer<RuntimeException> trouble;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("reconciler").daemon().factory());
    private long followed = -1;

    /** A reconciler that is not started; trouble goes to the consumer and is tried again. */
    public Reconciler(Registry registry, Predictor predictor, Consumer<RuntimeException> trouble) {
        this.registry = registry;
        this.predictor = predictor;
        this.trouble = trouble;
    }

    /** Follows once on this thread, then keeps watching. */
    public void start(Duration period) {
        follow();
        var _ = timer.scheduleWithFixedDelay(this::follow, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void follow() {
        try {
            long revision = registry.revision();
            if (revision != followed) {
                predictor.followAll();
                followed = revision;
            }
        } catch (RuntimeException e) {
            // a timer that throws never runs again
            trouble.accept(e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
