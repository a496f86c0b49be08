package dev.fovea.storage.rollout;

import dev.fovea.rollout.evidence.Moments;
import dev.fovea.rollout.experiment.Experiment;
import dev.fovea.rollout.experiment.ExperimentStore;
import dev.fovea.rollout.experiment.ExperimentSums;
import dev.fovea.rollout.experiment.ValueCounts;
import dev.fovea.rollout.experiment.VariantSums;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Adds up what was counted in an experiment, within one transaction. */
record ExperimentRows(Transaction transaction, Experiment experiment) {

    /** The sums of units, of which those count as settled whose window is over. */
    ExperimentSums sums(Instant now) throws SQLException {
        long stretch = ExperimentStore.stretch(experiment.design()).toSeconds() * 1_000_000;
        long end = SqlExperiments.micros(now.truncatedTo(ChronoUnit.MICROS)
                .minus(experiment.design().window())
                .minus(ExperimentStore.GRACE));
        long settled = Math.floorDiv(end, stretch) * stretch;
        SortedMap<Integer, VariantSums> variants = new TreeMap<>();
        experiment.shares().keySet().forEach(version -> variants.put(version, VariantSums.NONE));
        addCounts(variants, settled);
        addUnits(variants, end, settled);
        return new ExperimentSums(variants, values());
    }

    private void addCounts(Map<Integer, VariantSums> variants, long settled) throws SQLException {
        transaction.list(
                """
                SELECT version, sum(units) AS units, sum(fallbacks) AS fallbacks,
                    sum(CASE WHEN started < ? THEN units ELSE 0 END) AS settled
                FROM experiment_count WHERE experiment = ? GROUP BY version
                """,
                row -> variants.merge(
                        row.getInt("version"),
                        new VariantSums(
                                row.getLong("units"),
                                row.getLong("fallbacks"),
                                new Moments(row.getLong("settled"), 0, 0),
                                0),
                        VariantSums::plus),
                settled,
                experiment.id());
    }

    /** Keys are units; the others are counted already, and have values. */
    private void addUnits(Map<Integer, VariantSums> variants, long end, long settled) throws SQLException {
        transaction.list(
                """
                SELECT version, sum(keyed) AS units,
                    sum(CASE WHEN keyed = 1 AND started < ? THEN 1 ELSE 0 END) AS settled,
                    sum(CASE WHEN started < CASE WHEN keyed = 1 THEN ? ELSE ? END THEN metric ELSE 0 END) AS total,
                    sum(CASE WHEN started < CASE WHEN keyed = 1 THEN ? ELSE ? END THEN metric * metric ELSE 0 END)
                        AS squares,
                    sum(CASE WHEN metric <> 0 AND started < CASE WHEN keyed = 1 THEN ? ELSE ? END THEN 1 ELSE 0 END)
                        AS valued
                FROM experiment_unit WHERE experiment = ? GROUP BY version
                """,
                row -> variants.merge(
                        row.getInt("version"),
                        new VariantSums(
                                row.getLong("units"),
                                0,
                                new Moments(row.getLong("settled"), row.getDouble("total"), row.getDouble("squares")),
                                row.getLong("valued")),
                        VariantSums::plus),
                end,
                end,
                settled,
                end,
                settled,
                end,
                settled,
                experiment.id());
    }

    private ValueCounts values() throws SQLException {
        String figure = experiment.design().metric().figure();
        Map<String, Long> fates = transaction
                .list(
                        "SELECT fate, count(*) AS number FROM kpi WHERE model = ? AND name = ? AND experiment = ? GROUP BY fate",
                        row -> Map.entry(StoredColumn.text(row, "fate"), row.getLong("number")),
                        experiment.model(),
                        figure,
                        experiment.id())
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        long waiting = transaction.number(
                "SELECT count(*) FROM kpi WHERE model = ? AND name = ? AND experiment IS NULL AND fate IS NULL AND happened >= ?",
                experiment.model(),
                figure,
                SqlExperiments.micros(experiment.start().at().minus(ExperimentStore.SKEW)));
        long before = transaction.number("SELECT repeated_before FROM experiment WHERE id = ?", experiment.id());
        return new ValueCounts(
                fates.getOrDefault("COUNTED", 0L),
                fates.getOrDefault("LATE", 0L),
                fates.getOrDefault("UNKNOWN", 0L),
                waiting,
                SqlExperiments.repeated(transaction, experiment) - before);
    }
}
