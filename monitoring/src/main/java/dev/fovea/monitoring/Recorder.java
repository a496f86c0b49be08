package dev.fovea.monitoring;

import dev.fovea.fault.FoveaException;
import dev.fovea.fault.RecurringFailure;
import dev.fovea.registry.Promotion;
import dev.fovea.registry.VersionId;
import dev.fovea.statistics.RunningMean;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;

/**
 * Records the outcomes of requests without blocking them.
 *
 * <p>A request's thread increments exact, lock-free counters and offers the details to a bounded lock-free queue. If
 * the queue is full, the details are dropped and counted. One owner thread drains the queue into the statistics, and
 * saves them every few seconds and on close. Readers drain the queue first, so that they see every earlier observation.
 * The lock guards the statistics and draining; requests never take it.
 */
public final class Recorder implements AutoCloseable {

    /** Queue capacity: half a second at 131,000 requests per second. */
    private static final int CAPACITY = 1 << 16;

    private static final int BATCH = 1024;

    /** Between two drains: each wakes a thread, which costs more than what it takes in. */
    private static final long PAUSE_NANOS = Duration.ofMillis(250).toNanos();

    private static final Duration SAVE_EVERY = Duration.ofSeconds(5);
    private static final System.Logger LOG = System.getLogger(Recorder.class.getName());

    private final MonitoringStore store;
    private final InstantSource clock;
    private final ConcurrentMap<VersionId, VersionCounters> counters = new ConcurrentHashMap<>();
    private final MpscAtomicArrayQueue<Observation> queue;
    private final LongAdder dropped = new LongAdder();
    private final ReentrantLock lock = new ReentrantLock();
    private final SortedMap<VersionId, VersionStatistics> versions =
            new TreeMap<>(Comparator.comparing(VersionId::model).thenComparing(VersionId::version));
    private final Map<String, PeakRate> peaks = new HashMap<>();
    private final Thread owner;
    private final RecurringFailure unsaved = new RecurringFailure();
    private final RecurringFailure fault = new RecurringFailure();
    private volatile boolean closing;
    private volatile Instant saveAt;

    Recorder(MonitoringStore store, InstantSource clock, int capacity) {
        this.store = store;
        this.clock = clock;
        this.queue = new MpscAtomicArrayQueue<>(capacity);
        this.saveAt = clock.instant().plus(SAVE_EVERY);
        this.owner = Thread.ofPlatform().name("monitoring").daemon().unstarted(this::work);
    }

    /** Takes up what an earlier process had saved and starts the owner thread; to be closed. */
    public static Recorder start(MonitoringStore store, InstantSource clock) {
        Recorder recorder = new Recorder(store, clock, CAPACITY);
        recorder.store.load().forEach(recorder::restore);
        recorder.owner.start();
        return recorder;
    }

    /** Takes note of a request that has ended; never waits, never throws. */
    public void record(Observation observation) {
        counters(observation.id()).count(observation.outcome());
        if (!queue.offer(observation)) {
            dropped.increment();
        }
    }

    /**
     * Takes note of a promotion. Call it for each one, also at startup.
     *
     * @param evaluated confidences on the images of the version's evaluation, 0 to 1; empty without an evaluation
     */
    public void promoted(String model, Promotion promotion, Optional<RunningMean> evaluated) {
        locked(() -> {
            statistics(new VersionId(model, promotion.version())).judged(evaluated);
            return true;
        });
    }

    /** The figures of a model; without versions if it never had traffic. */
    public MetricsSnapshot snapshot(String model) {
        return locked(() -> {
            Instant now = clock.instant();
            List<VersionStatistics> own = versionsOf(model);
            return new MetricsSnapshot(
                    model,
                    own.stream().map(VersionStatistics::metrics).toList(),
                    own.stream()
                            .flatMap(version -> version.recent.points(version.version, now).stream())
                            .sorted(Comparator.comparing(MetricsSnapshot.SeriesPoint::at))
                            .toList());
        });
    }

    /** Requests of all versions of a model per second, over the last ten complete seconds. */
    public double requestsPerSecond(String model) {
        return locked(() -> versionsOf(model).stream()
                .mapToDouble(version -> version.recent.requestsPerSecond(clock.instant()))
                .sum());
    }

    /** What each version of a model has done in all, by number; those without traffic are left out. */
    public List<StageTotals> totals(String model) {
        return locked(
                () -> versionsOf(model).stream().map(VersionStatistics::totals).toList());
    }

    /**
     * The peak request rate over all versions of a model, per second, across restarts; empty before the first request.
     * See {@link PeakRate}.
     */
    public Optional<Double> peakRequestsPerSecond(String model) {
        return locked(() ->
                Optional.ofNullable(peaks.get(model)).map(PeakRate::perSecond).filter(peak -> peak > 0));
    }

    /** All figures for Prometheus. */
    public List<MetricSnapshot> metrics() {
        return locked(() -> VersionMetrics.of(versions, dropped.sum()));
    }

    /** Number of observations counted without details because the queue was full. */
    public long dropped() {
        return dropped.sum();
    }

    /** Takes in what waits, saves and stops. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(owner);
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

    private void work() {
        while (!closing) {
            turn();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        save();
    }

    /** An exception must not end the thread, or statistics would silently stop. */
    private void turn() {
        try {
            locked(() -> true);
            if (!clock.instant().isBefore(saveAt)) {
                save();
            }
        } catch (RuntimeException e) {
            if (fault.begins(e)) {
                LOG.log(System.Logger.Level.ERROR, "Monitoring failed unexpectedly and continues", e);
            }
        }
    }

    /** Does something with statistics that are up to date. */
    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            Instant now = clock.instant();
            while (queue.drain(observation -> take(observation, now), BATCH) == BATCH) {
                // more may wait
            }
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private void take(Observation observation, Instant now) {
        VersionStatistics statistics = statistics(observation.id());
        statistics.add(observation.outcome(), now);
        PeakRate peak = peak(observation.id());
        peak.add(now);
        statistics.modelPeak = peak.perSecond();
    }

    private PeakRate peak(VersionId id) {
        return peaks.computeIfAbsent(id.model(), absent -> new PeakRate());
    }

    private VersionStatistics statistics(VersionId id) {
        return versions.computeIfAbsent(id, absent -> new VersionStatistics(id.version(), counters(id)));
    }

    private VersionCounters counters(VersionId id) {
        VersionCounters known = counters.get(id); // computeIfAbsent may lock even when it is there
        return known != null ? known : counters.computeIfAbsent(id, absent -> new VersionCounters());
    }

    private List<VersionStatistics> versionsOf(String model) {
        return versions.entrySet().stream()
                .filter(version -> version.getKey().model().equals(model))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Saves what changed. A failure is logged once and tried again: monitoring stops no one. */
    private void save() {
        saveAt = clock.instant().plus(SAVE_EVERY);
        List<MonitoringStore.Saved> states = locked(this::changed);
        if (states.isEmpty()) {
            return;
        }
        try {
            store.save(states);
            unsaved.ends().ifPresent(ignored -> LOG.log(System.Logger.Level.INFO, "Monitoring is saved again."));
        } catch (FoveaException e) {
            if (unsaved.begins(e)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Monitoring statistics could not be saved and stay in memory until the next attempt: "
                                + e.getMessage());
            }
            locked(() -> {
                states.forEach(state -> statistics(state.id()).unsaved = true);
                return true;
            });
        }
    }

    private List<MonitoringStore.Saved> changed() {
        List<MonitoringStore.Saved> states = new ArrayList<>();
        versions.forEach((id, version) -> {
            if (version.unsaved) {
                states.add(new MonitoringStore.Saved(id, StatisticsCodec.write(version)));
                version.unsaved = false;
            }
        });
        return states;
    }

    private void restore(MonitoringStore.Saved saved) {
        VersionId id = saved.id();
        VersionCounters fresh = new VersionCounters();
        VersionStatistics statistics = new VersionStatistics(id.version(), fresh);
        try {
            StatisticsCodec.read(saved.state(), statistics);
            counters.put(id, fresh);
            versions.put(id, statistics);
            peak(id).restore(statistics.modelPeak);
        } catch (IOException | RuntimeException e) { // damaged bytes fail in any way
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The stored statistics of %s cannot be read (%s). They start from zero; no action is needed."
                            .formatted(id, Optional.ofNullable(e.getMessage()).orElse("they are damaged")));
            LOG.log(System.Logger.Level.DEBUG, "Why the statistics of %s cannot be read".formatted(id), e);
        }
    }
}
