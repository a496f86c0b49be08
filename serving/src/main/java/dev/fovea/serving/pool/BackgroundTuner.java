package dev.fovea.serving.pool;

import dev.fovea.model.Bundle;
import dev.fovea.model.GoldenVector;
import dev.fovea.registry.Alias;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import dev.fovea.runtime.tuning.Tuner;
import dev.fovea.runtime.tuning.Tuning;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tunes production versions that were never tuned on this machine, one after another, while there is no traffic: a
 * measurement beside live traffic would disturb it and be useless. One thread; closed before the predictor.
 */
public final class BackgroundTuner implements AutoCloseable {

    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

    private final Registry registry;
    private final Predictor predictor;
    private final ModelHost host;
    private final Duration budget;
    private final TuningListener listener;
    private final Set<String> failed = new HashSet<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("tuner").daemon().factory());

    /** Called on the tuner's thread. */
    public interface TuningListener {

        /** A version was measured and will run with the best settings. */
        void tuned(ModelVersion version, Tuning tuning);

        /** A version could not be measured. */
        void failed(ModelVersion version, RuntimeException why);
    }

    /** A tuner that is not started; {@code budget} is for one version. */
    public BackgroundTuner(
            Registry registry, Predictor predictor, ModelHost host, Duration budget, TuningListener listener) {
        this.registry = registry;
        this.predictor = predictor;
        this.host = host;
        this.budget = budget;
        this.listener = listener;
    }

    /** Starts the timer. */
    public void start() {
        var _ = timer.scheduleWithFixedDelay(
                this::tuneNext, QUIET.toMillis(), CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tuneNext() {
        if (!isQuiet()) {
            return;
        }
        for (RegisteredModel model : registry.models()) {
            Optional<ModelVersion> due = model.alias(Alias.PRODUCTION).filter(this::isDue);
            if (due.isPresent()) {
                tune(due.get());
                return;
            }
        }
    }

    private boolean isQuiet() {
        return predictor.quietFor().compareTo(QUIET) > 0;
    }

    private boolean isDue(ModelVersion version) {
        return !failed.contains(version.bundleId())
                && predictor.models().isReady(version.name(), Optional.of(version.number()))
                && host.tunings().find(version.bundleId(), host.machine()).isEmpty();
    }

    private void tune(ModelVersion version) {
        try {
            Bundle bundle = predictor.models().bundle(version);
            List<byte[]> images = bundle.manifest().contract().isEmpty()
                    ? List.of()
                    : bundle.manifest().golden().stream()
                            .map((GoldenVector vector) -> bundle.goldenImage(vector))
                            .toList();
            Tuning tuning = new Tuner(host.engine(), host.settings(), host.workers())
                    .tune(
                            new Tuner.TuningGoal(bundle, images, Optional.empty(), budget, () -> !isQuiet()),
                            (trial, number, of) -> {});
            host.tunings().save(bundle.id(), host.machine(), tuning);
            listener.tuned(version, tuning);
        } catch (CancellationException e) {
            // a request came in: later
        } catch (RuntimeException e) {
            failed.add(version.bundleId());
            listener.failed(version, e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
