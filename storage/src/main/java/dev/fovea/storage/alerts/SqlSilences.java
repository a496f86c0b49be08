package dev.fovea.storage.alerts;

import dev.fovea.alerts.Silence;
import dev.fovea.alerts.SilenceStore;
import dev.fovea.storage.sql.Damage;
import dev.fovea.storage.sql.Database;
import java.time.Instant;
import java.util.List;

/** Silences on SQL. */
public final class SqlSilences implements SilenceStore {

    private final Database database;
    private final Damage damage;

    public SqlSilences(Database database, Damage damage) {
        this.database = database;
        this.damage = damage;
    }

    @Override
    public void add(Silence silence) {
        int _ = database.write(transaction -> transaction.update(
                "INSERT INTO alert_silence (id, model, kind, begins, ends, author, reason) VALUES (?, ?, ?, ?, ?, ?, ?)",
                silence.id(),
                silence.model(),
                silence.kind().map(Enum::name),
                AlertRows.micros(silence.from()),
                AlertRows.micros(silence.until()),
                silence.by(),
                silence.why()));
    }

    @Override
    public boolean end(String id, Instant now) {
        return database.write(transaction -> transaction.update(
                        "UPDATE alert_silence SET ends = ? WHERE id = ? AND ends > ?",
                        AlertRows.micros(now),
                        id,
                        AlertRows.micros(now)))
                > 0;
    }

    @Override
    public List<Silence> inForce(Instant now) {
        return database.read(transaction -> transaction.readable(
                damage,
                row -> "The silence %s".formatted(row.getString("id")),
                "Its alerts are told; silence them again.",
                "SELECT * FROM alert_silence WHERE ends > ? ORDER BY id",
                AlertRows::silence,
                AlertRows.micros(now)));
    }

    @Override
    public int prune(Instant before) {
        return database.write(transaction ->
                transaction.update("DELETE FROM alert_silence WHERE ends < ?", AlertRows.micros(before)));
    }
}
