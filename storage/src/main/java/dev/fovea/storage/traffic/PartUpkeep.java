package dev.fovea.storage.traffic;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.fovea.storage.traffic.PartFiles.Part;
import dev.fovea.traffic.TrafficSettings;
import dev.fovea.traffic.TrafficTally;
import dev.fovea.traffic.values.ValueTallies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Keeps the Parquet files few and within their limits: merges small files of a day, and deletes the oldest days. One
 * server of a home does it at a time; the caller sees to that.
 *
 * <p>A merged file states in its metadata which files it replaces, so that a process that is killed between writing it
 * and deleting those leaves no rows twice: the next upkeep deletes them.
 */
final class PartUpkeep {

    /** Files of one level that are merged into one of the next. */
    static final int MERGE = 8;

    private static final long MAX_MERGED = 256L << 20;
    private static final String REPLACES = "replaces";
    private static final Duration JUMP = Duration.ofHours(12);
    private static final System.Logger LOG = System.getLogger(PartUpkeep.class.getName());

    private final TrafficFiles files;
    private final TrafficReader reader;
    private final TrafficSettings settings;
    private final InstantSource clock;
    private Instant lastWall;
    private long lastNanos;
    private Instant trustedFrom;

    PartUpkeep(TrafficFiles files, TrafficReader reader, TrafficSettings settings, InstantSource clock) {
        this.files = files;
        this.reader = reader;
        this.settings = settings;
        this.clock = clock;
        this.lastWall = clock.instant();
        this.lastNanos = System.nanoTime();
        this.trustedFrom = Instant.MIN;
    }

    private record Day(String model, LocalDate day) {}

    /** Deletes what was replaced or is over the limits, then merges. */
    void run(Connection connection) throws SQLException, IOException {
        deleteReplaced(connection);
        deleteOld();
        deleteOverLimit();
        Map<Day, List<Part>> days = files.parts().list("").stream()
                .collect(Collectors.groupingBy(
                        part -> new Day(part.name().model(), part.name().day()), HashMap::new, Collectors.toList()));
        for (Map.Entry<Day, List<Part>> day : days.entrySet()) {
            merge(connection, day.getKey(), day.getValue());
        }
    }

    private void deleteReplaced(Connection connection) throws SQLException, IOException {
        List<Part> parts = files.parts().list("");
        Set<String> names =
                parts.stream().map(part -> part.name().key()).collect(Collectors.toCollection(HashSet::new));
        Set<Day> small = parts.stream()
                .filter(part -> part.name().level() == 0)
                .map(part -> new Day(part.name().model(), part.name().day()))
                .collect(Collectors.toSet());
        for (Part part : parts) {
            boolean suspect = part.name().level() > 0
                    && small.contains(new Day(part.name().model(), part.name().day()));
            if (suspect) {
                for (String replaced : replaced(connection, files.parts().local(part))) {
                    if (names.remove(replaced)) {
                        PartName.of(replaced).ifPresent(files.parts()::remove);
                    }
                }
            }
        }
    }

    private static List<String> replaced(Connection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet metadata = statement.executeQuery(
                        "SELECT decode(value) FROM parquet_kv_metadata(%s) WHERE decode(key) = '%s'"
                                .formatted(DuckDb.quoted(file.toString()), REPLACES))) {
            return metadata.next() ? List.of(metadata.getString(1).split("\n")) : List.of();
        }
    }

    /** Days that are too old; none for a while after the clock has jumped. */
    private void deleteOld() {
        LocalDate first = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(settings.days());
        if (clockJumped()) {
            return;
        }
        files.parts().list("").stream()
                .filter(part -> part.name().day().isBefore(first))
                .forEach(part -> files.parts().remove(part.name()));
    }

    /** A clock that jumps forward would delete everything, and a day later it may be corrected. */
    private boolean clockJumped() {
        Instant now = clock.instant();
        long nanos = System.nanoTime();
        Instant expected = lastWall.plusNanos(nanos - lastNanos);
        lastWall = now;
        lastNanos = nanos;
        if (Duration.between(expected, now).abs().compareTo(JUMP) > 0) {
            trustedFrom = now.plus(Duration.ofDays(1));
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The clock jumped from %s to %s. Days of the prediction log are not deleted by age for a day."
                            .formatted(expected, now));
        }
        return now.isBefore(trustedFrom) && trustedFrom.isBefore(now.plus(Duration.ofDays(2)));
    }

    private void deleteOverLimit() {
        List<Part> parts = files.parts().list("");
        long bytes = parts.stream().mapToLong(Part::bytes).sum();
        List<Part> oldest = parts.stream()
                .sorted(Comparator.comparing((Part part) -> part.name().day())
                        .thenComparing(part -> part.name().key()))
                .toList();
        for (Part part : oldest) {
            if (bytes <= settings.maxBytes()) {
                return;
            }
            files.parts().remove(part.name());
            bytes -= part.bytes();
        }
    }

    private void merge(Connection connection, Day day, List<Part> parts) throws SQLException, IOException {
        boolean over = day.day().isBefore(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        long bytes = parts.stream().mapToLong(Part::bytes).sum();
        if (over && parts.size() > 1 && bytes <= MAX_MERGED) {
            merge(connection, parts);
            return;
        }
        Map<Integer, List<Part>> levels = new TreeMap<>();
        parts.forEach(part -> levels.computeIfAbsent(part.name().level(), absent -> new ArrayList<>())
                .add(part));
        for (List<Part> level : levels.values()) {
            if (level.size() >= MERGE && level.stream().mapToLong(Part::bytes).sum() <= MAX_MERGED) {
                merge(connection, level);
            }
        }
    }

    private void merge(Connection connection, List<Part> parts) throws SQLException, IOException {
        PartName first = parts.getFirst().name();
        int level = Math.min(
                9,
                1 + parts.stream().mapToInt(part -> part.name().level()).max().orElse(0));
        PartName merged = new PartName(
                first.model(),
                first.day(),
                level,
                UlidCreator.getMonotonicUlid().toString());
        Path scratch = files.workspace().next();
        Map<String, String> metadata = new HashMap<>();
        TrafficTally tally = new PartTallies(reader.parts()).sum(connection, () -> parts);
        metadata.put(TrafficTally.KEY, tally.write());
        String replaces = parts.stream().map(part -> part.name().key()).collect(Collectors.joining("\n"));
        metadata.put(REPLACES, replaces);
        try (Statement statement = connection.createStatement()) {
            boolean _ = reader.parts().query(connection, () -> parts, source -> {
                FrequentValues.of(connection, source, tally.rows())
                        .ifPresent(values -> metadata.put(ValueTallies.KEY, values.write()));
                return ParquetTable.copy(
                        statement, "(SELECT * EXCLUDE (model, day) FROM %s)".formatted(source), scratch, metadata);
            });
            files.parts().publish(merged, scratch);
        } finally {
            Files.deleteIfExists(scratch);
        }
        parts.forEach(part -> files.parts().remove(part.name()));
    }
}
