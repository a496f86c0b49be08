package dev.fovea.serving.shadow;

import dev.fovea.fault.FoveaException;
import dev.fovea.fault.RecurringFailure;
import dev.fovea.runtime.session.Timings;
import dev.fovea.serving.CacheStatus;
import dev.fovea.serving.Mirror;
import dev.fovea.serving.PredictionRequest;
import dev.fovea.serving.ServedPrediction;
import dev.fovea.serving.pool.RolloutChoice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Mirrors requests of models with a shadow to their candidates, as the store has them, and stores what differs. A
 * server follows a start or stop by any process within a second.
 *
 * <p>{@link #mirror} is called on requests' threads, reads one map and never waits. One thread starts and stops runners
 * and saves results; each shadow has a thread of its own.
 */
public final class ShadowTraffic implements Mirror, AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final System.Logger LOG = System.getLogger(ShadowTraffic.class.getName());

    private final ShadowStore store;
    private final CandidateModels candidates;
    private final BooleanSupplier busy;
    private final DifferenceImages images;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("shadows").daemon().factory());
    private final RecurringFailure failure = new RecurringFailure();
    private volatile Map<String, ShadowRunner> runners = Map.of();

    /**
     * Without shadows until {@link #start}.
     *
     * @param busy whether production needs every core now
     */
    public ShadowTraffic(
            ShadowStore store,
            CandidateModels candidates,
            BooleanSupplier busy,
            DifferenceImages images,
            InstantSource clock) {
        this.store = store;
        this.candidates = candidates;
        this.busy = busy;
        this.images = images;
        this.clock = clock;
    }

    /** Follows the store, once on this thread and then every second. */
    public void start() {
        follow();
        var _ = timer.scheduleWithFixedDelay(this::follow, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void mirror(PredictionRequest request, ServedPrediction prediction) {
        ShadowRunner runner = runners.get(request.target().model());
        if (runner == null
                || !request.details().isTraffic()
                || request.target().version().isPresent()
                || !(prediction.origin() instanceof CacheStatus.Inferred)
                || prediction.version().equals(runner.shadow().version())
                || !isChosen(runner.shadow(), request)) {
            return;
        }
        Timings timings = prediction.prediction().timings();
        runner.offer(new ShadowRunner.Mirrored(
                request.details(),
                request.image(),
                prediction.prediction().result(),
                System.nanoTime(),
                timings.total() - timings.queue()));
    }

    /** The same request key, or without one the same image, is always or never chosen. */
    private static boolean isChosen(Shadow shadow, PredictionRequest request) {
        byte[] identity = request.target()
                .key()
                .map(key -> key.getBytes(StandardCharsets.UTF_8))
                .orElse(request.image());
        return shadow.percent() >= 100
                || RolloutChoice.share(shadow.version().version(), identity) * 100 < shadow.percent();
    }

    /** Why a model's candidate cannot predict in this process; empty while it can, and without a shadow. */
    public Optional<FoveaException> problem(String model) {
        return Optional.ofNullable(runners.get(model)).flatMap(ShadowRunner::problem);
    }

    /** Starts and stops runners as the store has shadows, and saves results; a failure is tried again. */
    synchronized void follow() {
        try {
            runners.values().forEach(this::save);
            Map<String, ShadowRunner> next = new HashMap<>();
            for (Shadow shadow : store.shadows()) {
                ShadowRunner running = runners.get(shadow.model());
                next.put(
                        shadow.model(), running != null && running.shadow().equals(shadow) ? running : started(shadow));
            }
            Map<String, ShadowRunner> before = runners;
            runners = Map.copyOf(next);
            before.forEach((model, runner) -> {
                if (next.get(model) != runner) {
                    runner.close();
                }
            });
            failure.ends();
        } catch (RuntimeException e) {
            // a timer that throws never runs again
            if (failure.begins(e)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Shadows cannot be followed and are tried again: " + e.getMessage());
            }
        }
    }

    private ShadowRunner started(Shadow shadow) {
        ShadowRunner runner = new ShadowRunner(shadow, () -> candidates.open(shadow.version()), busy, images, clock);
        runner.start();
        return runner;
    }

    private void save(ShadowRunner runner) {
        ShadowResults.Unsaved unsaved = runner.results().take();
        if (!unsaved.totals().equals(ShadowTotals.NONE)) {
            store.add(runner.shadow(), unsaved.totals(), unsaved.differences(), ShadowResults.MAX_DIFFERENCES);
        }
    }

    /** Stops the runners and saves their results. */
    @Override
    public void close() {
        timer.shutdownNow();
        synchronized (this) {
            Map<String, ShadowRunner> last = runners;
            runners = Map.of();
            last.values().forEach(runner -> {
                runner.close();
                try {
                    save(runner);
                } catch (RuntimeException e) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "The last results of the shadow %s are lost: %s"
                                    .formatted(runner.shadow().version(), e.getMessage()));
                }
            });
        }
    }
}
