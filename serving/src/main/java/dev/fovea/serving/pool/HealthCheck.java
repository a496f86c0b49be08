package dev.fovea.serving.pool;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.runtime.LoadedModel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Checks periodically that each production version responds and that the home can be written, so that a probe reads the
 * last result and never waits for a model. One thread of its own, {@code health-check}; closed before the predictor.
 *
 * <p>A version that served a request since the last check is not run again. A check that is rejected for overload or
 * times out does not change the last result.
 */
public final class HealthCheck implements AutoCloseable {

    private final ServedModels models;
    private final Duration period;
    private final Runnable storage;
    private volatile Optional<FoveaException> storageProblem = Optional.empty();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("health-check").daemon().factory());

    /**
     * A check that is not started.
     *
     * @param storage throws {@code STORAGE_FAILED} when the home cannot be written
     */
    public HealthCheck(ServedModels models, Duration period, Runnable storage) {
        this.models = models;
        this.period = period;
        this.storage = storage;
    }

    /**
     * Checks in the background from now on; first after one period, since versions are validated when they are loaded.
     */
    public void start() {
        var _ = timer.scheduleWithFixedDelay(this::check, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Why the home could not be written at the last check; empty when it could. */
    public Optional<FoveaException> storageProblem() {
        return storageProblem;
    }

    /** Checks now, on this thread. Never throws: a timer that throws never runs again. */
    public void check() {
        storageProblem = failure(storage);
        for (LoadedVersion instance : models.production()) {
            boolean proven = instance.problem().isEmpty() && instance.respondedWithin(period);
            if (!proven) {
                check(instance);
            }
        }
    }

    /** Runs the golden images through the whole serving path and stores the result with the instance. */
    static void check(LoadedVersion instance) {
        Optional<LoadedModel> model = instance.enter();
        if (model.isEmpty()) {
            return;
        }
        try {
            Optional<FoveaException> failure = failure(model.get()::check);
            if (failure.isEmpty() || failure.get().code().blame() != ErrorCode.Blame.CAPACITY) {
                instance.checked(failure);
            }
        } finally {
            instance.leave();
        }
    }

    private static Optional<FoveaException> failure(Runnable work) {
        try {
            work.run();
            return Optional.empty();
        } catch (FoveaException e) {
            return Optional.of(e);
        } catch (RuntimeException e) {
            return Optional.of(new FoveaException(ErrorCode.INTERNAL, "The health check failed: %s.".formatted(e), e));
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
