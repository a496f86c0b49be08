package dev.fovea.storage.rollout;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.rollout.evidence.Moments;
import dev.fovea.rollout.experiment.Experiment;
import dev.fovea.rollout.experiment.ExperimentJson;
import dev.fovea.rollout.experiment.ExperimentMetric;
import dev.fovea.rollout.experiment.ExperimentStore;
import dev.fovea.rollout.experiment.ExperimentSums;
import dev.fovea.rollout.experiment.ExposureCounts;
import dev.fovea.storage.sql.Damage;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Experiments in the database, each as one document, with what was counted in rows; changes are durable on return. */
public final class SqlExperiments implements ExperimentStore {

    private static final String REMEDY =
            "It is left out. If it shares traffic out, promote the version in production again: fovea promote MODEL N.";

    private final Database database;
    private final Damage damage;

    public SqlExperiments(Database database, Damage damage) {
        this.database = database;
        this.damage = damage;
    }

    @Override
    public void add(Experiment experiment) {
        database.write(transaction -> {
            long active = transaction.number(
                    "SELECT count(*) FROM experiment WHERE model = ? AND active = 1", experiment.model());
            if (active > 0) {
                throw new FoveaException(
                        ErrorCode.STATE_CONFLICT,
                        "An experiment of %1$s is under way. Show it: fovea experiment show %1$s. Stop it: fovea experiment stop %1$s."
                                .formatted(experiment.model()));
            }
            return transaction.update(
                    "INSERT INTO experiment (id, model, active, document, repeated_before) VALUES (?, ?, ?, ?, ?)",
                    experiment.id(),
                    experiment.model(),
                    number(experiment),
                    ExperimentJson.write(experiment),
                    repeated(transaction, experiment));
        });
    }

    static long repeated(Transaction transaction, Experiment experiment) throws SQLException {
        return transaction.number(
                "SELECT coalesce(sum(repeated), 0) FROM kpi_repeat WHERE model = ? AND name = ?",
                experiment.model(),
                experiment.design().metric().figure());
    }

    private static int number(Experiment experiment) {
        return experiment.underWay() ? 1 : 0;
    }

    @Override
    public List<Experiment> active() {
        return readable("WHERE active = 1 ORDER BY id");
    }

    @Override
    public List<Experiment> list(String model, int limit) {
        return readable("WHERE model = ? ORDER BY id DESC LIMIT ?", model, limit);
    }

    private List<Experiment> readable(String which, Object... parameters) {
        return database.read(transaction -> transaction.readable(
                damage,
                row -> "The experiment %s of %s".formatted(row.getString("id"), row.getString("model")),
                REMEDY,
                "SELECT id, model, document FROM experiment " + which,
                row -> ExperimentJson.read(StoredColumn.text(row, "document")),
                parameters));
    }

    @Override
    public Experiment change(String id, UnaryOperator<Experiment> step) {
        return database.write(transaction -> {
            Experiment before = transaction
                    .first(
                            "SELECT document FROM experiment WHERE id = ?",
                            row -> ExperimentJson.read(StoredColumn.text(row, "document")),
                            id)
                    .orElseThrow(() -> new FoveaException(
                            ErrorCode.NOT_FOUND, "There is no experiment %s. It may have been deleted.".formatted(id)));
            Experiment after = step.apply(before);
            if (!after.equals(before)) {
                transaction.update(
                        "UPDATE experiment SET active = ?, document = ? WHERE id = ?",
                        number(after),
                        ExperimentJson.write(after),
                        id);
            }
            if (!after.underWay()) {
                transaction.update("DELETE FROM experiment_count WHERE experiment = ?", id);
                transaction.update("DELETE FROM experiment_unit WHERE experiment = ?", id);
            }
            return after;
        });
    }

    @Override
    public void count(String id, String server, Instant started, Map<Integer, ExposureCounts> counts) {
        database.write(transaction -> {
            for (Map.Entry<Integer, ExposureCounts> one : counts.entrySet()) {
                transaction.update(
                        """
                        INSERT INTO experiment_count (experiment, server, started, version, units, fallbacks)
                        SELECT id, ?, ?, ?, ?, ? FROM experiment WHERE id = ? AND active = 1
                        ON CONFLICT (experiment, server, started, version)
                        DO UPDATE SET units = excluded.units, fallbacks = excluded.fallbacks
                        """,
                        server,
                        micros(started),
                        one.getKey(),
                        one.getValue().units(),
                        one.getValue().fallbacks(),
                        id);
            }
            return counts.size();
        });
    }

    @Override
    public void expose(String id, Instant now, Map<String, Integer> units) {
        database.write(transaction -> {
            if (transaction.number("SELECT count(*) FROM experiment WHERE id = ? AND active = 1", id) == 0) {
                return 0;
            }
            List<List<@Nullable Object>> rows = new ArrayList<>();
            units.forEach((unit, version) -> rows.add(List.of(id, unit, version, micros(now))));
            transaction.batch("""
                    INSERT INTO experiment_unit (experiment, unit, version, keyed, started, total, metric)
                    VALUES (?, ?, ?, 1, ?, 0, 0) ON CONFLICT (experiment, unit) DO NOTHING
                    """, rows);
            return rows.size();
        });
    }

    @Override
    public List<FigureValue> open(Experiment experiment, int limit) {
        return database.read(transaction -> transaction.readable(
                damage,
                row -> "A figure of %s".formatted(row.getString("subject")),
                "It does not count. Report it again with another time.",
                """
                SELECT kind, subject, happened, value FROM kpi
                WHERE model = ? AND name = ? AND experiment IS NULL AND fate IS NULL AND happened >= ?
                ORDER BY happened LIMIT ?
                """,
                row -> new FigureValue(
                        StoredColumn.text(row, "kind").equals(ExperimentValues.REQUEST),
                        StoredColumn.text(row, "subject"),
                        StoredColumn.instant(row, "happened"),
                        StoredColumn.number(row, "value")),
                experiment.model(),
                experiment.design().metric().figure(),
                micros(experiment.start().at().minus(SKEW)),
                limit));
    }

    @Override
    public void take(Experiment experiment, Collection<UnitValue> values, Instant now) {
        database.write(transaction -> {
            new ExperimentValues(transaction, experiment, now).take(values);
            return values.size();
        });
    }

    @Override
    public ExperimentSums sums(Experiment experiment, Instant now) {
        return database.read(transaction -> new ExperimentRows(transaction, experiment).sums(now));
    }

    @Override
    public Moments usual(String model, ExperimentMetric metric, Instant from) {
        return database.read(transaction ->
                transaction
                        .list("""
                        SELECT sum(value) AS total FROM kpi WHERE model = ? AND name = ? AND happened >= ?
                        GROUP BY kind, subject
                        """, row -> metric.of(row.getDouble("total")), model, metric.figure(), micros(from))
                        .stream()
                        .reduce(Moments.NONE, Moments::with, Moments::plus));
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
