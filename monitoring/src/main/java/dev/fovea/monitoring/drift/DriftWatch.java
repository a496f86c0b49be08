package dev.fovea.monitoring.drift;

import dev.fovea.fault.FoveaException;
import dev.fovea.fault.RecurringWork;
import dev.fovea.monitoring.drift.detector.DriftAlarm;
import dev.fovea.monitoring.drift.detector.DriftSettings;
import dev.fovea.monitoring.sketch.ImageNumbers;
import dev.fovea.monitoring.sketch.SketchBook;
import dev.fovea.monitoring.sketch.SketchCodec;
import dev.fovea.monitoring.sketch.SketchStore;
import dev.fovea.monitoring.sketch.TrafficSketch;
import dev.fovea.registry.VersionId;
import dev.fovea.registry.leases.Leases;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.reference.Reference;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Watches the traffic of all versions. Each server stores its sketches minute by minute; the one that holds the lease
 * merges those of all servers, feeds the detectors and stores their reports. The thread {@code drift} owns all state.
 */
public final class DriftWatch implements AutoCloseable {

    private static final String LEASE = "drift";
    private static final Duration LEASE_TIME = Duration.ofSeconds(60);
    private static final Duration TURN = Duration.ofSeconds(5);
    private static final int MAX_DAMAGED = 1_000;

    /** Time for the sketches of all servers to be stored before a minute is taken in. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    /** Sketches are kept for explanations; blocks remain. */
    private static final Duration KEPT = Duration.ofDays(10);

    private static final Duration CLEAN_EVERY = Duration.ofHours(1);

    /** Quiet days that a change is compared with at the same hours, and those where it spans whole days. */
    private static final Duration SAME_HOURS = Duration.ofDays(7);

    private static final Duration SOME_DAYS = Duration.ofDays(2);

    private static final System.Logger LOG = System.getLogger(DriftWatch.class.getName());

    private final SketchBook book;
    private final SketchStore sketches;
    private final DriftStore store;
    private final Leases leases;
    private final Function<VersionId, ImageNumbers> numbers;
    private final Function<VersionId, Optional<Reference>> references;
    private final ZoneId zone;
    private final Map<VersionId, WatchedVersion> versions = new HashMap<>();
    private final Set<String> damaged = ConcurrentHashMap.newKeySet();
    private final RecurringWork loop;
    private Instant cleanAt = Instant.MIN;
    private volatile Map<VersionId, DriftReport> reports = Map.of();

    /**
     * A watch that is not started; to be closed.
     *
     * @param numbers of a version
     * @param references the held-out images that a version was judged on
     * @param zone whose hours and weekdays the rhythm of traffic has
     */
    public DriftWatch(
            SketchBook book,
            SketchStore sketches,
            DriftStore store,
            Leases leases,
            Function<VersionId, ImageNumbers> numbers,
            Function<VersionId, Optional<Reference>> references,
            InstantSource clock,
            ZoneId zone) {
        this.book = book;
        this.sketches = sketches;
        this.store = store;
        this.leases = leases;
        this.numbers = numbers;
        this.references = references;
        this.zone = zone;
        this.loop = new RecurringWork(
                "drift", new RecurringWork.Words("Drift cannot be watched", "Drift is watched again."), TURN, () -> {
                    turn(clock.instant());
                    return TURN;
                });
    }

    /** Begins to watch. */
    public void start() {
        loop.start();
    }

    /** Takes in rows of versions. */
    public void add(List<LoggedPrediction> rows) {
        book.add(rows);
    }

    /** The reports that this server made last; empty on a server that does not hold the lease. */
    public Map<VersionId, DriftReport> reports() {
        return reports;
    }

    /** Stores what waits, and stops. */
    @Override
    public void close() {
        loop.close();
        try {
            book.closeAll();
        } catch (FoveaException e) {
            LOG.log(System.Logger.Level.WARNING, "The last minutes of traffic are not watched: " + e.getMessage());
        }
    }

    /** Stores the minutes that are over, and on the server that holds the lease takes in those of all servers. */
    void turn(Instant now) {
        book.close(now);
        if (!leases.tryHold(LEASE, LEASE_TIME)) {
            versions.clear();
            reports = Map.of();
            return;
        }
        Map<VersionId, DriftReport> made = new HashMap<>(reports);
        for (VersionId version : sketches.versions(now.minus(Duration.ofDays(7)))) {
            WatchedVersion before = versions.get(version);
            WatchedVersion watched = watched(version, now);
            List<TrafficSketch.Timed> minutes = minutes(version, watched.next(), now.minus(GRACE));
            store.append(version, watched.add(minutes));
            if (before != watched || !minutes.isEmpty() || !made.containsKey(version)) {
                DriftReport report = watched.report(now, alarm -> origin(version, alarm));
                store.report(report);
                made.put(version, report);
            }
        }
        reports = Map.copyOf(made);
        if (now.isAfter(cleanAt) || cleanAt.isAfter(now.plus(CLEAN_EVERY))) { // also after a clock was set back
            sketches.removeBefore(now.minus(KEPT));
            cleanAt = now.plus(CLEAN_EVERY);
        }
    }

    private WatchedVersion watched(VersionId version, Instant now) {
        DriftSettings settings = store.settings(version.model());
        Optional<Acceptance> acceptance = store.acceptance(version);
        WatchedVersion known = versions.get(version);
        if (known == null || !known.isOf(settings, acceptance, now)) {
            known = WatchedVersion.resume(version, numbers.apply(version), references.apply(version), store, now, zone);
            versions.put(version, known);
        }
        return known;
    }

    /** Where an alarm comes from: traffic since the change against that of the same hours before it. */
    private AlarmOrigin origin(VersionId version, DriftAlarm alarm) {
        Instant from = alarm.since().likely();
        Duration span = Duration.between(from, alarm.raised());
        TrafficSketch after = sum(version, minutes(version, from, alarm.raised().plus(Duration.ofMinutes(1))));
        Instant quiet = alarm.since().earliest();
        boolean wholeDays = span.compareTo(Duration.ofDays(1)) >= 0;
        List<TrafficSketch.Timed> earlier =
                minutes(version, quiet.minus(wholeDays ? SOME_DAYS : SAME_HOURS), quiet.plus(Duration.ofMinutes(1)));
        TrafficSketch before = sum(
                version,
                earlier.stream()
                        .filter(minute ->
                                wholeDays || sinceSameTime(from, minute.start()).compareTo(span) <= 0)
                        .toList());
        if (before.images() == 0) {
            before = sum(version, earlier);
        }
        return OriginSearch.of(alarm, before, after, references.apply(version));
    }

    /** From the last time of day like {@code of} to a moment. */
    private static Duration sinceSameTime(Instant of, Instant moment) {
        long seconds = Duration.between(of, moment).toSeconds();
        return Duration.ofSeconds(Math.floorMod(seconds, Duration.ofDays(1).toSeconds()));
    }

    private TrafficSketch sum(VersionId version, List<TrafficSketch.Timed> minutes) {
        TrafficSketch sum = new TrafficSketch(numbers.apply(version).coordinates());
        minutes.forEach(minute -> sum.merge(minute.sketch()));
        return sum;
    }

    /** The minutes that are over, merged over servers. */
    private List<TrafficSketch.Timed> minutes(VersionId version, Instant from, Instant until) {
        ImageNumbers own = numbers.apply(version);
        TreeMap<Instant, TrafficSketch> merged = new TreeMap<>();
        for (SketchStore.StoredSketch stored : sketches.sketches(version, from, until.minus(Duration.ofMinutes(1)))) {
            try {
                TrafficSketch sketch = SketchCodec.read(stored.bytes(), own.coordinates());
                merged.computeIfAbsent(stored.start(), absent -> new TrafficSketch(own.coordinates()))
                        .merge(sketch);
            } catch (IOException e) {
                warnOnce("The sketch of %s:%d at %s is damaged and left out (%s)"
                        .formatted(version.model(), version.version(), stored.start(), e.getMessage()));
            }
        }
        List<TrafficSketch.Timed> minutes = new ArrayList<>();
        merged.forEach((start, sketch) -> minutes.add(new TrafficSketch.Timed(start, sketch)));
        return minutes;
    }

    /** A sketch is read at each look, and its damage is news once. */
    private void warnOnce(String damage) {
        if (damaged.size() < MAX_DAMAGED && damaged.add(damage)) {
            LOG.log(System.Logger.Level.WARNING, damage);
        }
    }
}
