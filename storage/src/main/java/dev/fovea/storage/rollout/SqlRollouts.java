package dev.fovea.storage.rollout;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.rollout.RolloutJson;
import dev.fovea.rollout.RolloutStore;
import dev.fovea.rollout.StagedRollout;
import dev.fovea.rollout.evidence.TrialSums;
import dev.fovea.storage.sql.Damage;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Rollouts in the database, each as one document; changes are durable on return. */
public final class SqlRollouts implements RolloutStore {

    private static final String REMEDY =
            "It is left out. If its model has a canary, end it: fovea canary MODEL VERSION 0.";

    private final Database database;
    private final Damage damage;

    public SqlRollouts(Database database, Damage damage) {
        this.database = database;
        this.damage = damage;
    }

    @Override
    public void add(StagedRollout rollout) {
        database.write(transaction -> {
            long active =
                    transaction.number("SELECT count(*) FROM rollout WHERE model = ? AND active = 1", rollout.model());
            if (active > 0) {
                throw new FoveaException(
                        ErrorCode.STATE_CONFLICT,
                        "A rollout of %1$s is under way. Show it: fovea rollout show %1$s. Stop it: fovea rollout stop %1$s."
                                .formatted(rollout.model()));
            }
            return transaction.update(
                    "INSERT INTO rollout (id, model, active, document) VALUES (?, ?, ?, ?)",
                    rollout.id(),
                    rollout.model(),
                    number(rollout),
                    RolloutJson.write(rollout));
        });
    }

    private static int number(StagedRollout rollout) {
        return rollout.underWay() ? 1 : 0;
    }

    @Override
    public Optional<StagedRollout> find(String id) {
        return readable("WHERE id = ?", id).stream().findFirst();
    }

    @Override
    public List<StagedRollout> active() {
        return readable("WHERE active = 1 ORDER BY id");
    }

    @Override
    public List<StagedRollout> list(String model, int limit) {
        return readable("WHERE model = ? ORDER BY id DESC LIMIT ?", model, limit);
    }

    private List<StagedRollout> readable(String which, Object... parameters) {
        return database.read(transaction -> transaction.readable(
                damage,
                row -> "The rollout %s of %s".formatted(row.getString("id"), row.getString("model")),
                REMEDY,
                "SELECT id, model, document FROM rollout " + which,
                row -> RolloutJson.rollout(StoredColumn.text(row, "document")),
                parameters));
    }

    @Override
    public StagedRollout change(String id, UnaryOperator<StagedRollout> step) {
        return database.write(transaction -> {
            StagedRollout before = transaction
                    .first(
                            "SELECT document FROM rollout WHERE id = ?",
                            row -> RolloutJson.rollout(StoredColumn.text(row, "document")),
                            id)
                    .orElseThrow(() -> new FoveaException(
                            ErrorCode.NOT_FOUND, "There is no rollout %s. It may have been deleted.".formatted(id)));
            StagedRollout after = step.apply(before);
            if (!after.equals(before)) {
                write(transaction, after);
            }
            return after;
        });
    }

    private static void write(Transaction transaction, StagedRollout rollout) throws SQLException {
        transaction.update(
                "UPDATE rollout SET active = ?, document = ? WHERE id = ?",
                number(rollout),
                RolloutJson.write(rollout),
                rollout.id());
        if (!rollout.underWay()) {
            transaction.update("DELETE FROM rollout_sums WHERE rollout = ?", rollout.id());
        }
    }

    @Override
    public void count(String id, String server, TrialSums sums) {
        database.write(transaction -> transaction.update("""
                INSERT INTO rollout_sums (rollout, server, document)
                SELECT id, ?, ? FROM rollout WHERE id = ? AND active = 1
                ON CONFLICT (rollout, server) DO UPDATE SET document = excluded.document
                """, server, RolloutJson.write(sums), id));
    }

    @Override
    public TrialSums sums(StagedRollout rollout) {
        return database.read(transaction -> {
            TrialSums counted = transaction
                    .list(
                            "SELECT document FROM rollout_sums WHERE rollout = ?",
                            row -> RolloutJson.sums(StoredColumn.text(row, "document")),
                            rollout.id())
                    .stream()
                    .reduce(TrialSums.NONE, TrialSums::plus);
            return new RolloutOutcomes(transaction, rollout).added(counted);
        });
    }
}
