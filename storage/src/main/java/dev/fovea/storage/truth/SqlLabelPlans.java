package dev.fovea.storage.truth;

import dev.fovea.registry.VersionId;
import dev.fovea.storage.sql.Damage;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import dev.fovea.traffic.truth.LabelPlanStore;
import dev.fovea.traffic.truth.PlannedLabels;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plans of what to label, in the database. A plan with a damaged row is left out and reported. */
public final class SqlLabelPlans implements LabelPlanStore {

    private final Database database;
    private final Damage damage;

    public SqlLabelPlans(Database database, Damage damage) {
        this.database = database;
        this.damage = damage;
    }

    @Override
    public void save(PlannedLabels plan) {
        List<List<@Nullable Object>> draws = new ArrayList<>();
        for (PlannedLabels.LabelDraw draw : plan.draws()) {
            draws.add(List.of(plan.id(), draws.size(), plan.version().model(), draw.request(), draw.probability()));
        }
        database.write(transaction -> {
            transaction.update("DELETE FROM label_draw WHERE plan = ?", plan.id());
            transaction.update("DELETE FROM label_plan WHERE id = ?", plan.id());
            transaction.update(
                    """
                    INSERT INTO label_plan (id, model, version, made, starts, ends, population, within)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    plan.id(),
                    plan.version().model(),
                    plan.version().version(),
                    Micros.of(plan.made()),
                    Micros.of(plan.from()),
                    Micros.of(plan.to()),
                    plan.population(),
                    plan.within());
            transaction.batch(
                    "INSERT INTO label_draw (plan, number, model, request, probability) VALUES (?, ?, ?, ?, ?)", draws);
            return draws.size();
        });
    }

    @Override
    public List<PlannedLabels> all(VersionId version) {
        return plans(version, Integer.MAX_VALUE);
    }

    @Override
    public Optional<PlannedLabels> newest(VersionId version) {
        return plans(version, 1).stream().findFirst();
    }

    private List<PlannedLabels> plans(VersionId version, int limit) {
        return database.read(transaction -> transaction.readable(
                damage,
                row -> "The label plan " + row.getString("id"),
                "Draw it again: fovea accuracy plan %s.".formatted(version.model()),
                """
                SELECT id, made, starts, ends, population, within FROM label_plan
                WHERE model = ? AND version = ? ORDER BY made DESC, id LIMIT ?
                """,
                row -> plan(transaction, version, row),
                version.model(),
                version.version(),
                limit));
    }

    private static PlannedLabels plan(Transaction transaction, VersionId version, ResultSet row) throws SQLException {
        String id = StoredColumn.text(row, "id");
        List<PlannedLabels.LabelDraw> draws = transaction.list(
                "SELECT request, probability FROM label_draw WHERE plan = ? ORDER BY number",
                draw -> new PlannedLabels.LabelDraw(
                        StoredColumn.text(draw, "request"), StoredColumn.number(draw, "probability")),
                id);
        return new PlannedLabels(
                id,
                version,
                StoredColumn.instant(row, "made"),
                StoredColumn.instant(row, "starts"),
                StoredColumn.instant(row, "ends"),
                StoredColumn.small(row, "population"),
                StoredColumn.number(row, "within"),
                draws);
    }
}
