package dev.fovea.serving;

import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Watches the registry's revision, which any process may move, and makes the predictor follow. One thread of its own;
 * closed before the predictor.
 */
public final class Reconciler implements AutoCloseable {

    private final Registry registry;
    private final Predictor predictor;
    private final Listener listener;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("reconciler").daemon().factory());
    private long followed = -1;

    /** Hears what the reconciler does, on its thread. */
    public interface Listener {

        /** This process serves the model as it is given here. */
        void followed(RegisteredModel model);

        /** The registry was read, whatever came of single models; told after each try that succeeds. */
        void current();

        /** This model could not be followed; it is tried again. */
        void trouble(String model, RuntimeException e);

        /** The registry could not be read; it is tried again. */
        void trouble(RuntimeException e);
    }

    /** A reconciler that is not started. */
    public Reconciler(Registry registry, Predictor predictor, Listener listener) {
        this.registry = registry;
        this.predictor = predictor;
        this.listener = listener;
    }

    /** Follows once on this thread, then keeps watching. */
    public void start(Duration period) {
        follow();
        var _ = timer.scheduleWithFixedDelay(this::follow, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void follow() {
        try {
            long revision = registry.revision();
            if (revision != followed && followAll()) {
                followed = revision;
            }
            predictor.retryFailed();
            predictor.retireIdle();
            listener.current();
        } catch (RuntimeException e) {
            // a timer that throws never runs again
            listener.trouble(e);
        }
    }

    /** Whether all models could be followed; one that cannot keeps none of the others waiting. */
    private boolean followAll() {
        boolean all = true;
        for (RegisteredModel model : registry.models()) {
            try {
                predictor.follow(model.name());
                listener.followed(model);
            } catch (RuntimeException e) {
                all = false;
                listener.trouble(model.name(), e);
            }
        }
        predictor.forgetDeleted();
        return all;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
