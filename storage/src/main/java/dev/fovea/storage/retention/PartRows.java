package dev.fovea.storage.retention;

import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import dev.fovea.traffic.retention.DaySelection;
import dev.fovea.traffic.retention.KeepCandidate;
import dev.fovea.traffic.retention.KeepPart;
import dev.fovea.traffic.retention.KeepPolicy;
import dev.fovea.traffic.retention.KeepReason;
import dev.fovea.traffic.retention.OpenPart;
import dev.fovea.traffic.retention.PartCounts;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parts of days with their candidates, within a transaction. */
final class PartRows {

    /** Selects the rows of a part; takes {@link KeepRows#key}. */
    static final String WHICH = "model = ? AND day = ? AND number = ?";

    private PartRows() {}

    private record PartRow(
            int number, PartCounts counts, double share, boolean closed, Map<KeepReason, Integer> chosen) {}

    /** The part of a day that takes images now. */
    static OpenPart open(Transaction transaction, KeepPolicy policy, LocalDate day) throws SQLException {
        List<PartRow> parts = transaction.list(
                "SELECT number, seen, lost, share, closed, random, uncertain, novel FROM keep_part"
                        + " WHERE model = ? AND day = ? ORDER BY number",
                row -> new PartRow(
                        StoredColumn.small(row, "number"),
                        new PartCounts(StoredColumn.whole(row, "seen"), StoredColumn.whole(row, "lost")),
                        StoredColumn.number(row, "share"),
                        StoredColumn.flag(row, "closed"),
                        Map.of(
                                KeepReason.RANDOM,
                                StoredColumn.small(row, "random"),
                                KeepReason.UNCERTAIN,
                                StoredColumn.small(row, "uncertain"),
                                KeepReason.NOVEL,
                                StoredColumn.small(row, "novel"))),
                policy.model(),
                day.toEpochDay());
        Optional<PartRow> open =
                parts.isEmpty() || parts.getLast().closed() ? Optional.empty() : Optional.of(parts.getLast());
        int number = open.map(PartRow::number)
                .orElse(parts.isEmpty() ? 1 : parts.getLast().number() + 1);
        Map<KeepReason, Integer> quotas = new EnumMap<>(KeepReason.class);
        policy.perDay().forEach((reason, count) -> {
            int before = parts.stream()
                    .mapToInt(part -> part.chosen().getOrDefault(reason, 0))
                    .sum();
            double share = open.map(PartRow::share).orElse(1.0);
            quotas.put(reason, DaySelection.quota(Math.max(0, count - before), share));
        });
        KeepPart part = new KeepPart(policy.model(), day, number);
        return new OpenPart(
                part, quotas, open.map(PartRow::counts).orElse(PartCounts.NONE), candidates(transaction, part));
    }

    private static List<KeepCandidate> candidates(Transaction transaction, KeepPart part) throws SQLException {
        return transaction.list(
                "SELECT " + KeepRows.CANDIDATE + " FROM keep_candidate WHERE " + WHICH
                        + " AND reasons IS NULL ORDER BY id",
                KeepRows::candidate,
                KeepRows.key(part));
    }
}
