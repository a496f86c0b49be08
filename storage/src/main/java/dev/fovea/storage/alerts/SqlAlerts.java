package dev.fovea.storage.alerts;

import dev.fovea.alerts.Alert;
import dev.fovea.alerts.AlertEntry;
import dev.fovea.alerts.AlertStore;
import dev.fovea.alerts.Delivery;
import dev.fovea.alerts.DeliveryAttempt;
import dev.fovea.storage.sql.Damage;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Alerts on SQL. Ids are ULIDs, so that their order is that of time. */
public final class SqlAlerts implements AlertStore {

    private static final String OPEN = """
            SELECT * FROM alert WHERE state IN ('RAISED', 'ACKNOWLEDGED')
            ORDER BY CASE severity WHEN 'CRITICAL' THEN 0 WHEN 'WARNING' THEN 1 ELSE 2 END, id DESC
            """;

    private static final String NOT_TOLD = "It is left out, and a condition that still holds is raised again.";

    private final Database database;
    private final Damage damage;

    public SqlAlerts(Database database, Damage damage) {
        this.database = database;
        this.damage = damage;
    }

    /** Those that can be read. */
    private List<Alert> alerts(Transaction transaction, String sql, Object... parameters) throws SQLException {
        return transaction.readable(
                damage,
                row -> "The alert %s".formatted(row.getString("id")),
                NOT_TOLD,
                sql,
                AlertRows::alert,
                parameters);
    }

    @Override
    public Optional<Alert> change(String key, Function<Optional<AlertRecord>, Optional<AlertChange>> step) {
        return database.write(transaction -> changed(
                transaction,
                alerts(transaction, "SELECT * FROM alert WHERE condition_key = ? ORDER BY id DESC LIMIT 1", key)
                        .stream()
                        .findFirst(),
                step));
    }

    @Override
    public Optional<Alert> changeById(String id, Function<Optional<AlertRecord>, Optional<AlertChange>> step) {
        return database.write(transaction -> changed(transaction, byId(transaction, id), step));
    }

    private Optional<Alert> byId(Transaction transaction, String id) throws SQLException {
        return alerts(transaction, "SELECT * FROM alert WHERE id = ?", id).stream()
                .findFirst();
    }

    private Optional<Alert> changed(
            Transaction transaction, Optional<Alert> now, Function<Optional<AlertRecord>, Optional<AlertChange>> step)
            throws SQLException {
        Optional<AlertChange> change = step.apply(record(transaction, now));
        if (change.isPresent()) {
            write(transaction, change.get());
        }
        return change.map(AlertChange::alert);
    }

    private Optional<AlertRecord> record(Transaction transaction, Optional<Alert> alert) throws SQLException {
        return alert.isEmpty()
                ? Optional.empty()
                : Optional.of(new AlertRecord(
                        alert.get(),
                        transaction.readable(
                                damage,
                                row -> "The delivery %s of an alert".formatted(row.getString("id")),
                                NOT_TOLD,
                                "SELECT * FROM alert_delivery WHERE alert = ? ORDER BY id",
                                AlertRows::delivery,
                                alert.get().id())));
    }

    private static void write(Transaction transaction, AlertChange change) throws SQLException {
        AlertRows.write(transaction, change.alert());
        if (change.entry().isPresent()) {
            AlertEntry entry = change.entry().get();
            transaction.update(
                    """
                    INSERT INTO alert_entry (alert, number, at, event, author, detail)
                    SELECT ?, count(*) + 1, ?, ?, ?, ? FROM alert_entry WHERE alert = ?
                    """,
                    change.alert().id(),
                    AlertRows.micros(entry.at()),
                    entry.event().name(),
                    entry.by(),
                    entry.detail(),
                    change.alert().id());
        }
        for (Delivery delivery : change.deliveries()) {
            AlertRows.write(transaction, delivery);
        }
    }

    @Override
    public Optional<AlertRecord> find(String id) {
        return database.read(transaction -> record(transaction, byId(transaction, id)));
    }

    @Override
    public List<Alert> open() {
        return database.read(transaction -> alerts(transaction, OPEN));
    }

    @Override
    public List<Alert> recent(int limit) {
        return database.read(transaction -> alerts(transaction, "SELECT * FROM alert ORDER BY id DESC LIMIT ?", limit));
    }

    @Override
    public List<AlertEntry> history(String id) {
        return database.read(transaction -> transaction.readable(
                damage,
                row -> "A line in the history of the alert %s".formatted(id),
                "It is left out.",
                "SELECT * FROM alert_entry WHERE alert = ? ORDER BY number",
                AlertRows::entry,
                id));
    }

    @Override
    public List<DeliveryAttempt> attempts(String alert) {
        return database.read(transaction -> transaction.readable(
                damage,
                row -> "A delivery attempt of the alert %s".formatted(alert),
                "It is left out.",
                """
                SELECT a.* FROM alert_attempt a JOIN alert_delivery d ON d.id = a.delivery
                WHERE d.alert = ? ORDER BY a.at, a.delivery, a.number
                """,
                AlertRows::attempt,
                alert));
    }

    @Override
    public List<DueDelivery> due(String route, Instant now) {
        return database.read(transaction -> isDue(transaction, route, now) ? due(transaction, route, now) : List.of());
    }

    /** A delivery that waits has a detail when it was tried. A damaged time, a text, is above all numbers. */
    private static boolean isDue(Transaction transaction, String route, Instant now) throws SQLException {
        long time = AlertRows.micros(now);
        return transaction.number(
                                "SELECT count(*) FROM alert_delivery WHERE state = 'WAITING' AND route = ? AND next <= ?",
                                route,
                                time)
                        > 0
                && transaction.number(
                                "SELECT count(*) FROM alert_delivery WHERE state = 'WAITING' AND route = ? AND next > ? AND next <= ? AND detail <> ''",
                                route,
                                time,
                                StoredColumn.LARGEST)
                        == 0;
    }

    /** What is due, and what waits about the same models. */
    private List<DueDelivery> due(Transaction transaction, String route, Instant now) throws SQLException {
        List<Delivery> waiting = transaction.readable(
                damage,
                row -> "The delivery %s of an alert".formatted(row.getString("id")),
                NOT_TOLD,
                """
                SELECT d.* FROM alert_delivery d JOIN alert a ON a.id = d.alert
                WHERE d.state = 'WAITING' AND d.route = ? AND COALESCE(a.model, '') IN (
                    SELECT COALESCE(b.model, '') FROM alert_delivery e JOIN alert b ON b.id = e.alert
                    WHERE e.state = 'WAITING' AND e.route = ? AND e.next <= ?)
                ORDER BY d.id
                """,
                AlertRows::delivery,
                route,
                route,
                AlertRows.micros(now));
        List<DueDelivery> due = new ArrayList<>();
        for (Delivery delivery : waiting) {
            Optional<Alert> alert = byId(transaction, delivery.alert());
            if (alert.isPresent()) {
                long attempts =
                        transaction.number("SELECT count(*) FROM alert_attempt WHERE delivery = ?", delivery.id());
                due.add(new DueDelivery(delivery, alert.get(), Math.toIntExact(attempts)));
            }
        }
        return due;
    }

    @Override
    public void attempted(List<Delivery> deliveries, List<DeliveryAttempt> attempts) {
        int _ = database.write(transaction -> {
            for (Delivery delivery : deliveries) {
                AlertRows.write(transaction, delivery);
            }
            for (DeliveryAttempt attempt : attempts) {
                transaction.update(
                        """
                        INSERT INTO alert_attempt (delivery, number, at, micros, delivered, detail)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """,
                        attempt.delivery(),
                        attempt.number(),
                        AlertRows.micros(attempt.at()),
                        attempt.took().toNanos() / 1000,
                        attempt.delivered() ? 1 : 0,
                        attempt.detail());
            }
            return attempts.size();
        });
    }

    @Override
    public SortedMap<String, Long> waiting() {
        SortedMap<String, Long> waiting = new TreeMap<>();
        database.read(transaction -> transaction.readable(
                        damage,
                        row -> "The route of deliveries",
                        NOT_TOLD,
                        "SELECT route, count(*) FROM alert_delivery WHERE state = 'WAITING' GROUP BY route",
                        row -> new Waiting(StoredColumn.text(row, 1), StoredColumn.whole(row, 2))))
                .forEach(route -> waiting.put(route.route(), route.count()));
        return waiting;
    }

    private record Waiting(String route, long count) {}

    @Override
    public int prune(Instant before) {
        long time = AlertRows.micros(before);
        return database.write(transaction -> {
            String old = "SELECT id FROM alert WHERE state = 'RESOLVED' AND state_at < ?";
            transaction.update(
                    "DELETE FROM alert_attempt WHERE delivery IN (SELECT id FROM alert_delivery WHERE alert IN (%s))"
                            .formatted(old),
                    time);
            transaction.update("DELETE FROM alert_delivery WHERE alert IN (%s)".formatted(old), time);
            transaction.update("DELETE FROM alert_entry WHERE alert IN (%s)".formatted(old), time);
            return transaction.update("DELETE FROM alert WHERE state = 'RESOLVED' AND state_at < ?", time);
        });
    }
}
