package dev.fovea.storage.alerts;

import dev.fovea.alerts.Alert;
import dev.fovea.alerts.AlertEntry;
import dev.fovea.alerts.AlertEvent;
import dev.fovea.alerts.AlertKind;
import dev.fovea.alerts.AlertState;
import dev.fovea.alerts.Condition;
import dev.fovea.alerts.Delivery;
import dev.fovea.alerts.DeliveryAttempt;
import dev.fovea.alerts.DeliveryState;
import dev.fovea.alerts.Severity;
import dev.fovea.alerts.Silence;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The rows of alerts as values, and back. */
final class AlertRows {

    private AlertRows() {}

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.EPOCH.plus(StoredColumn.whole(row, column), ChronoUnit.MICROS);
    }

    static Alert alert(ResultSet row) throws SQLException {
        return new Alert(
                StoredColumn.text(row, "id"),
                condition(row),
                state(row),
                instant(row, "raised"),
                StoredColumn.small(row, "raises"),
                instant(row, "reported"),
                StoredColumn.optionalWhole(row, "cleared")
                        .map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS)));
    }

    private static Condition condition(ResultSet row) throws SQLException {
        return new Condition(
                StoredColumn.text(row, "condition_key"),
                StoredColumn.optionalText(row, "model"),
                StoredColumn.parsed(row, "kind", AlertKind::valueOf),
                StoredColumn.parsed(row, "severity", Severity::valueOf),
                StoredColumn.text(row, "title"),
                StoredColumn.text(row, "detail"),
                StoredColumn.optionalText(row, "evidence"),
                instant(row, "since"));
    }

    private static AlertState state(ResultSet row) throws SQLException {
        Instant at = instant(row, "state_at");
        return switch (StoredColumn.parsed(row, "state", AlertEvent::valueOf)) {
            case RAISED -> new AlertState.Raised(at);
            case ACKNOWLEDGED ->
                new AlertState.Acknowledged(
                        at, StoredColumn.text(row, "state_by"), StoredColumn.text(row, "state_note"));
            case RESOLVED -> new AlertState.Resolved(at);
        };
    }

    /** The event that leads to a state; its name is what is stored. */
    static AlertEvent event(AlertState state) {
        return switch (state) {
            case AlertState.Raised _ -> AlertEvent.RAISED;
            case AlertState.Acknowledged _ -> AlertEvent.ACKNOWLEDGED;
            case AlertState.Resolved _ -> AlertEvent.RESOLVED;
        };
    }

    static Optional<String> by(AlertState state) {
        return state instanceof AlertState.Acknowledged taken ? Optional.of(taken.by()) : Optional.empty();
    }

    static Optional<String> note(AlertState state) {
        return state instanceof AlertState.Acknowledged taken ? Optional.of(taken.note()) : Optional.empty();
    }

    static AlertEntry entry(ResultSet row) throws SQLException {
        return new AlertEntry(
                instant(row, "at"),
                StoredColumn.parsed(row, "event", AlertEvent::valueOf),
                StoredColumn.text(row, "author"),
                StoredColumn.text(row, "detail"));
    }

    static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                StoredColumn.text(row, "id"),
                StoredColumn.text(row, "alert"),
                StoredColumn.text(row, "route"),
                StoredColumn.parsed(row, "event", AlertEvent::valueOf),
                instant(row, "created"),
                StoredColumn.parsed(row, "state", DeliveryState::valueOf),
                instant(row, "next"),
                StoredColumn.text(row, "detail"));
    }

    static DeliveryAttempt attempt(ResultSet row) throws SQLException {
        return new DeliveryAttempt(
                StoredColumn.text(row, "delivery"),
                StoredColumn.small(row, "number"),
                instant(row, "at"),
                Duration.of(StoredColumn.whole(row, "micros"), ChronoUnit.MICROS),
                StoredColumn.flag(row, "delivered"),
                StoredColumn.text(row, "detail"));
    }

    static Silence silence(ResultSet row) throws SQLException {
        return new Silence(
                StoredColumn.text(row, "id"),
                StoredColumn.optionalText(row, "model"),
                StoredColumn.optional(row, "kind", AlertKind::valueOf),
                instant(row, "begins"),
                instant(row, "ends"),
                StoredColumn.text(row, "author"),
                StoredColumn.text(row, "reason"));
    }

    static void write(Transaction transaction, Alert alert) throws SQLException {
        transaction.update(
                """
                INSERT INTO alert (id, condition_key, model, kind, severity, title, detail, evidence, since,
                    state, state_at, state_by, state_note, raised, raises, reported, cleared)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET severity = excluded.severity, title = excluded.title,
                    detail = excluded.detail, evidence = excluded.evidence, since = excluded.since,
                    state = excluded.state, state_at = excluded.state_at, state_by = excluded.state_by,
                    state_note = excluded.state_note, raises = excluded.raises, reported = excluded.reported,
                    cleared = excluded.cleared
                """,
                alert.id(),
                alert.condition().key(),
                alert.condition().model(),
                alert.condition().kind().name(),
                alert.condition().severity().name(),
                alert.condition().title(),
                alert.condition().detail(),
                alert.condition().evidence(),
                micros(alert.condition().since()),
                event(alert.state()).name(),
                micros(alert.state().at()),
                by(alert.state()),
                note(alert.state()),
                micros(alert.raised()),
                alert.raises(),
                micros(alert.reported()),
                alert.cleared().map(AlertRows::micros));
    }

    static void write(Transaction transaction, Delivery delivery) throws SQLException {
        transaction.update(
                """
                INSERT INTO alert_delivery (id, alert, route, event, created, state, next, detail)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET state = excluded.state, next = excluded.next, detail = excluded.detail
                """,
                delivery.id(),
                delivery.alert(),
                delivery.route(),
                delivery.event().name(),
                micros(delivery.created()),
                delivery.state().name(),
                micros(delivery.next()),
                delivery.detail());
    }
}
