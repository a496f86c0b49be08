package dev.fovea.cli.alerts;

import dev.fovea.alerts.Alert;
import dev.fovea.alerts.AlertState;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Alerts for people. */
final class AlertText {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private AlertText() {}

    static String time(Instant time) {
        return TIME.format(time);
    }

    static String state(Alert alert) {
        return alert.state() instanceof AlertState.Acknowledged taken
                ? "acknowledged by " + taken.by()
                : alert.state().word();
    }
}
