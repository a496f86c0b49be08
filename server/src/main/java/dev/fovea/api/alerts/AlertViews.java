package dev.fovea.api.alerts;

import dev.fovea.alerts.Alert;
import dev.fovea.alerts.AlertEntry;
import dev.fovea.alerts.AlertKind;
import dev.fovea.alerts.AlertState;
import dev.fovea.alerts.Alerts;
import dev.fovea.alerts.Condition;
import dev.fovea.alerts.Delivery;
import dev.fovea.alerts.DeliveryAttempt;
import dev.fovea.alerts.Silence;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the API and {@code --json} show of alerts; field names become snake_case. */
public final class AlertViews {

    private AlertViews() {}

    /** Several alerts. */
    @Schema(name = "AlertList")
    public record AlertList(List<AlertView> alerts) {}

    /** One alert. */
    @Schema(name = "RaisedAlert")
    public record AlertView(
            String id,
            AlertSubject subject,
            String title,
            String detail,

            @Schema(description = "Path of the page that shows it")
            Optional<String> evidence,

            AlertStatus status,

            @Schema(description = "How often its condition began to hold")
            int raises) {

        /** An alert as it is shown. */
        public static AlertView of(Alert alert) {
            Condition condition = alert.condition();
            return new AlertView(
                    alert.id(),
                    new AlertSubject(
                            condition.key(),
                            condition.kind().word(),
                            condition.model(),
                            condition.severity().word()),
                    condition.title(),
                    condition.detail(),
                    condition.evidence(),
                    AlertStatus.of(alert),
                    alert.raises());
        }
    }

    /** What an alert is about. */
    @Schema(name = "AlertSubject")
    public record AlertSubject(
            @Schema(description = "The same for the same condition, over restarts")
            String key,

            String kind,
            Optional<String> model,

            @Schema(allowableValues = {"info", "warning", "critical"})
            String severity) {}

    /** Where an alert is in its life. */
    @Schema(name = "AlertStatus")
    public record AlertStatus(
            @Schema(allowableValues = {"raised", "acknowledged", "resolved"})
            String state,

            Instant since,

            @Schema(description = "When it came into this state")
            Instant changed,

            @Schema(description = "Who acknowledged it") Optional<String> by,

            Optional<String> note,

            @Schema(description = "Since when its condition does not hold")
            Optional<Instant> cleared) {

        static AlertStatus of(Alert alert) {
            AlertState state = alert.state();
            Optional<AlertState.Acknowledged> taken =
                    state instanceof AlertState.Acknowledged one ? Optional.of(one) : Optional.empty();
            return new AlertStatus(
                    state.word(),
                    alert.condition().since(),
                    state.at(),
                    taken.map(AlertState.Acknowledged::by),
                    taken.map(AlertState.Acknowledged::note).filter(note -> !note.isEmpty()),
                    alert.cleared());
        }
    }

    /** An alert with all that is on record. */
    @Schema(name = "AlertRecord")
    public record AlertRecordView(AlertView alert, List<EntryView> history, List<DeliveryView> deliveries) {

        /** An alert's file as it is shown. */
        public static AlertRecordView of(Alerts.AlertFile file) {
            return new AlertRecordView(
                    AlertView.of(file.record().alert()),
                    file.history().stream().map(EntryView::of).toList(),
                    file.record().deliveries().stream()
                            .map(delivery -> DeliveryView.of(delivery, file.attempts()))
                            .toList());
        }
    }

    /** A line of the history. */
    @Schema(name = "AlertEntry")
    public record EntryView(
            Instant at,

            @Schema(allowableValues = {"raised", "acknowledged", "resolved"})
            String event,

            Optional<String> by,
            String detail) {

        static EntryView of(AlertEntry entry) {
            return new EntryView(
                    entry.at(),
                    entry.event().word(),
                    Optional.of(entry.by()).filter(by -> !by.isEmpty()),
                    entry.detail());
        }
    }

    /** What is told on a route. */
    @Schema(name = "AlertDelivery")
    public record DeliveryView(
            String id,
            String route,
            String event,
            Instant created,

            @Schema(allowableValues = {"waiting", "delivered", "failed", "silenced", "superseded"})
            String state,

            @Schema(description = "When it is tried next, while it waits; else when it came into its state")
            Instant at,

            String detail,
            List<AttemptView> attempts) {

        static DeliveryView of(Delivery delivery, List<DeliveryAttempt> attempts) {
            return new DeliveryView(
                    delivery.id(),
                    delivery.route(),
                    delivery.event().word(),
                    delivery.created(),
                    delivery.state().word(),
                    delivery.next(),
                    delivery.detail(),
                    attempts.stream()
                            .filter(attempt -> attempt.delivery().equals(delivery.id()))
                            .map(AttemptView::of)
                            .toList());
        }
    }

    /** One try to deliver. */
    @Schema(name = "DeliveryAttempt")
    public record AttemptView(int number, Instant at, long tookMs, boolean delivered, String detail) {

        static AttemptView of(DeliveryAttempt attempt) {
            return new AttemptView(
                    attempt.number(), attempt.at(), attempt.took().toMillis(), attempt.delivered(), attempt.detail());
        }
    }

    /** What somebody says who takes an alert up. */
    @Schema(name = "AlertAcknowledgment")
    public record Acknowledgment(Optional<String> note) {}

    /** The silences in force. */
    @Schema(name = "SilenceList")
    public record SilenceList(List<SilenceView> silences) {}

    /** Alerts that are not told for a while. */
    @Schema(name = "Silence")
    public record SilenceView(
            String id,
            Optional<String> model,
            Optional<String> kind,
            Instant from,
            Instant until,
            String by,
            String reason) {

        /** A silence as it is shown. */
        public static SilenceView of(Silence silence) {
            return new SilenceView(
                    silence.id(),
                    silence.model(),
                    silence.kind().map(AlertKind::word),
                    silence.from(),
                    silence.until(),
                    silence.by(),
                    silence.why());
        }
    }

    /** What is to be silenced. */
    @Schema(name = "NewSilence")
    public record NewSilence(
            @Schema(description = "Alerts about this model; left out: about all, and about the server")
            Optional<String> model,

            @Schema(description = "Alerts of this kind; left out: of all")
            Optional<String> kind,

            @Schema(description = "When it ends, as 2026-12-01T06:00:00Z")
            String until,

            @Schema(description = "Why; shown with what it holds back")
            String reason) {}

    /** A kind by its word. */
    public static AlertKind kind(String word) {
        return Arrays.stream(AlertKind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "There is no kind of alert \"%s\"; the kinds are %s."
                                .formatted(
                                        Printable.brief(word),
                                        Arrays.stream(AlertKind.values())
                                                .map(AlertKind::word)
                                                .collect(Collectors.joining(", ")))));
    }

    /** A time as ISO 8601 writes it. */
    public static Instant time(String field, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"%s\" is \"%s\"; write a time as 2026-12-01T06:00:00Z.".formatted(field, Printable.brief(text)));
        }
    }
}
