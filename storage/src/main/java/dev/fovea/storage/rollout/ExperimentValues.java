package dev.fovea.storage.rollout;

import dev.fovea.rollout.experiment.Experiment;
import dev.fovea.rollout.experiment.ExperimentStore;
import dev.fovea.rollout.experiment.ExperimentStore.FigureValue;
import dev.fovea.rollout.experiment.ExperimentStore.UnitValue;
import dev.fovea.rollout.experiment.ExperimentUnit;
import dev.fovea.rollout.experiment.ExperimentUnit.KeyUnit;
import dev.fovea.rollout.experiment.ExperimentUnit.RequestUnit;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes values of a figure in, within one transaction. */
final class ExperimentValues {

    static final String REQUEST = "REQUEST";
    private static final String KEY = "KEY";
    private static final int CHUNK = 500;

    private final Transaction transaction;
    private final Experiment experiment;
    private final Instant now;
    private final Map<String, UnitSum> stored = new HashMap<>();
    private final Map<String, UnitSum> changed = new HashMap<>();
    private final List<List<@Nullable Object>> fates = new ArrayList<>();

    ExperimentValues(Transaction transaction, Experiment experiment, Instant now) {
        this.transaction = transaction;
        this.experiment = experiment;
        this.now = now;
    }

    /** What became of a value. */
    private enum Fate {
        COUNTED,
        LATE,
        UNKNOWN
    }

    /** A unit with the sum of its values. */
    private record UnitSum(int version, boolean keyed, long started, double total) {

        UnitSum plus(double value) {
            return new UnitSum(version, keyed, started, total + value);
        }
    }

    void take(Collection<UnitValue> values) throws SQLException {
        read(values.stream()
                .flatMap(value -> value.unit().stream())
                .map(ExperimentUnit::id)
                .distinct()
                .toList());
        for (UnitValue one : values) {
            Optional<ExperimentUnit> unit = one.unit();
            Optional<UnitSum> known = unit.isEmpty() ? Optional.empty() : known(unit.get());
            if (unit.isPresent() && known.isPresent()) {
                boolean counts = counts(one.value(), known.get());
                if (counts) {
                    changed.put(unit.get().id(), known.get().plus(one.value().value()));
                }
                add(one.value(), counts ? Fate.COUNTED : Fate.LATE);
            } else if (one.value().happened().plus(ExperimentStore.PATIENCE).isBefore(now)) {
                add(one.value(), Fate.UNKNOWN);
            }
        }
        write();
    }

    /** A key is known since its first request; a request is where it was found in the log. */
    private Optional<UnitSum> known(ExperimentUnit unit) {
        @Nullable UnitSum already = changed.containsKey(unit.id()) ? changed.get(unit.id()) : stored.get(unit.id());
        return already != null
                ? Optional.of(already)
                : switch (unit) {
                    case KeyUnit ignored -> Optional.empty();
                    case RequestUnit request ->
                        Optional.of(new UnitSum(request.version(), false, SqlExperiments.micros(request.time()), 0));
                };
    }

    /** Reads the units that are stored, some hundred with each statement. */
    private void read(List<String> ids) throws SQLException {
        for (int from = 0; from < ids.size(); from += CHUNK) {
            List<Object> parameters = new ArrayList<>(ids.subList(from, Math.min(ids.size(), from + CHUNK)));
            String marks = "?" + ", ?".repeat(parameters.size() - 1);
            parameters.addFirst(experiment.id());
            transaction
                    .list(
                            "SELECT unit, version, keyed, started, total FROM experiment_unit WHERE experiment = ? AND unit IN (%s)"
                                    .formatted(marks),
                            row -> Map.entry(
                                    StoredColumn.text(row, "unit"),
                                    new UnitSum(
                                            StoredColumn.small(row, "version"),
                                            StoredColumn.flag(row, "keyed"),
                                            StoredColumn.whole(row, "started"),
                                            StoredColumn.number(row, "total"))),
                            parameters.toArray())
                    .forEach(unit -> stored.put(unit.getKey(), unit.getValue()));
        }
    }

    /** Whether a value came about and arrived within its unit's window. A unit that has settled does not change. */
    private boolean counts(FigureValue value, UnitSum unit) {
        Instant started = Instant.EPOCH.plus(unit.started(), ChronoUnit.MICROS);
        Instant end = started.plus(experiment.design().window());
        return !value.happened().isBefore(started.minus(ExperimentStore.SKEW))
                && !value.happened().isAfter(end)
                && !now.isAfter(end.plus(ExperimentStore.GRACE));
    }

    private void add(FigureValue value, Fate fate) {
        fates.add(List.of(
                experiment.id(),
                fate.name(),
                experiment.model(),
                experiment.design().metric().figure(),
                value.ofRequest() ? REQUEST : KEY,
                value.subject(),
                SqlExperiments.micros(value.happened())));
    }

    private void write() throws SQLException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Map.Entry<String, UnitSum> one : changed.entrySet()) {
            UnitSum unit = one.getValue();
            rows.add(List.of(
                    experiment.id(),
                    one.getKey(),
                    unit.version(),
                    unit.keyed() ? 1 : 0,
                    unit.started(),
                    unit.total(),
                    experiment.design().metric().of(unit.total())));
        }
        if (!rows.isEmpty()) {
            transaction.batch("""
                    INSERT INTO experiment_unit (experiment, unit, version, keyed, started, total, metric)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (experiment, unit) DO UPDATE SET total = excluded.total, metric = excluded.metric
                    """, rows);
        }
        if (!fates.isEmpty()) {
            transaction.batch("""
                    UPDATE kpi SET experiment = ?, fate = ?
                    WHERE model = ? AND name = ? AND kind = ? AND subject = ? AND happened = ?
                    """, fates);
        }
    }
}
