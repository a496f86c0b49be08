package dev.fovea.serving.pool;

import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Watches the registry's revision, which any process may move, and makes the predictor follow. A model that cannot be
 * followed is tried again by itself, with a capped exponential back-off, or at once when it changes. One thread of its
 * own; closed before the predictor.
 */
public final class Reconciler implements AutoCloseable {

    /** How long after a failure a model is tried again; doubled with each failure. */
    static final Duration FIRST_RETRY = Duration.ofSeconds(1);

    static final Duration LAST_RETRY = Duration.ofMinutes(1);

    private final Registry registry;
    private final ServedModels models;
    private final ReconcilerListener listener;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("reconciler").daemon().factory());
    private final RetryBackoff<String> retries;
    private final Map<String, RegisteredModel> seen = new HashMap<>();
    private long followed = -1;

    /** Called on the reconciler's thread. */
    public interface ReconcilerListener {

        /** This process serves the model as it is given here. */
        void followed(RegisteredModel model);

        /** The registry was read; called after each success, also when single models failed. */
        void current();

        /** This model could not be followed; it is tried again. */
        void failed(String model, RuntimeException e);

        /** The registry could not be read; it is tried again. */
        void failed(RuntimeException e);
    }

    /** A reconciler that is not started. */
    public Reconciler(Registry registry, ServedModels models, ReconcilerListener listener) {
        this(registry, models, listener, System::nanoTime);
    }

    /** The same with a clock for retries. */
    Reconciler(Registry registry, ServedModels models, ReconcilerListener listener, LongSupplier nanos) {
        this.registry = registry;
        this.models = models;
        this.listener = listener;
        this.retries = new RetryBackoff<>(FIRST_RETRY, LAST_RETRY, nanos);
    }

    /** Follows once on this thread, then periodically. */
    public void start(Duration period) {
        follow();
        var _ = timer.scheduleWithFixedDelay(this::follow, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Reads the registry once. */
    synchronized void follow() {
        try {
            long revision = registry.revision();
            if (revision != followed) {
                followAll();
                followed = revision;
            }
            retries.due().forEach(this::retry);
            models.dueForRetry().stream().filter(retries::isDue).forEach(this::retry);
            models.retireIdle();
            listener.current();
        } catch (RuntimeException e) {
            // a timer that throws never runs again
            listener.failed(e);
        }
    }

    /** Models that fail wait for their time, unless they have changed. */
    private void followAll() {
        for (RegisteredModel model : registry.models()) {
            if (!model.equals(seen.put(model.name(), model))) {
                retries.reset(model.name());
                models.retryNow(model.name());
            }
            if (retries.isDue(model.name())) {
                follow(model);
            }
        }
        models.deleted();
    }

    private void retry(String name) {
        registry.find(name).ifPresentOrElse(this::follow, () -> {
            retries.reset(name);
            seen.remove(name);
        });
    }

    /** A model that cannot be followed delays no other. */
    private void follow(RegisteredModel model) {
        try {
            models.follow(model.name());
            listener.followed(model);
            retries.reset(model.name());
        } catch (RuntimeException e) {
            retries.failed(model.name());
            listener.failed(model.name(), e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
