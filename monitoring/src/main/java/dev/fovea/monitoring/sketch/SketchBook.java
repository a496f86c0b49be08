package dev.fovea.monitoring.sketch;

import dev.fovea.fault.FoveaException;
import dev.fovea.registry.VersionId;
import dev.fovea.traffic.LoggedPrediction;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The open minutes of a server. Rows come from the thread of the stream, and minutes are closed by that of drift; the
 * lock guards what both use.
 */
public final class SketchBook {

    private static final Comparator<VersionId> BY_NAME =
            Comparator.comparing(VersionId::model).thenComparing(VersionId::version);

    /** A clock that is behind by more was set back; what it calls now is now. */
    private static final Duration SET_BACK = Duration.ofMinutes(5);

    private final SketchStore store;
    private final String server;
    private final Function<VersionId, ImageNumbers> numbers;
    private final TreeMap<Instant, Map<VersionId, TrafficSketch>> open = new TreeMap<>();
    private Instant closedUntil = Instant.MIN;
    private long late;

    /**
     * A book without rows.
     *
     * @param server a name that no other process has
     * @param numbers of a version
     */
    public SketchBook(SketchStore store, String server, Function<VersionId, ImageNumbers> numbers) {
        this.store = store;
        this.server = server;
        this.numbers = numbers;
    }

    /** Takes in rows of versions. Rows of minutes that are closed are counted as late. */
    public synchronized void add(List<LoggedPrediction> rows) {
        for (LoggedPrediction row : rows) {
            Instant minute = row.time().truncatedTo(ChronoUnit.MINUTES);
            if (minute.isBefore(closedUntil)) {
                late++;
                continue;
            }
            ImageNumbers own = numbers.apply(row.version());
            open.computeIfAbsent(minute, absent -> new TreeMap<>(BY_NAME))
                    .computeIfAbsent(row.version(), absent -> new TrafficSketch(own.coordinates()))
                    .add(row, own.of(row));
        }
    }

    /** Rows that came after their minute was closed and are in no sketch. */
    public synchronized long late() {
        return late;
    }

    /** Stores the minutes that are over. */
    public void close(Instant now) {
        store(minute -> minute.plus(1, ChronoUnit.MINUTES).isBefore(now), now.truncatedTo(ChronoUnit.MINUTES));
    }

    /** Stores all minutes; for the end of the process. */
    public void closeAll() {
        store(minute -> true, closedUntil);
    }

    private void store(Predicate<Instant> isOver, Instant until) {
        TreeMap<Instant, Map<VersionId, TrafficSketch>> over = new TreeMap<>();
        synchronized (this) {
            open.forEach((minute, sketches) -> {
                if (isOver.test(minute)) {
                    over.put(minute, sketches);
                }
            });
            open.keySet().removeAll(over.keySet());
            boolean setBack = closedUntil.isAfter(Instant.MIN)
                    && Duration.between(until, closedUntil).compareTo(SET_BACK) > 0;
            closedUntil = until.isAfter(closedUntil) || setBack ? until : closedUntil;
        }
        if (over.isEmpty()) {
            return;
        }
        List<SketchStore.StoredSketch> closed = new ArrayList<>();
        over.forEach((minute, sketches) -> sketches.forEach((version, sketch) ->
                closed.add(new SketchStore.StoredSketch(version, minute, 1, SketchCodec.write(sketch)))));
        try {
            store.save(server, closed);
        } catch (FoveaException e) {
            synchronized (this) {
                open.putAll(over); // no rows are added to closed minutes; they are stored next time
            }
            throw e;
        }
    }
}
