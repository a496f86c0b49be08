package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.fovea.alerts.Alert;
import dev.fovea.alerts.AlertEntry;
import dev.fovea.alerts.AlertEvent;
import dev.fovea.alerts.AlertKind;
import dev.fovea.alerts.AlertRules;
import dev.fovea.alerts.AlertState;
import dev.fovea.alerts.Alerts;
import dev.fovea.alerts.Condition;
import dev.fovea.alerts.Delivery;
import dev.fovea.alerts.DeliveryAttempt;
import dev.fovea.alerts.DeliveryState;
import dev.fovea.alerts.RouteRule;
import dev.fovea.alerts.Severity;
import dev.fovea.alerts.Silence;
import dev.fovea.alerts.Silences;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Pair.class)
class AlertsTest {

    @Parameter
    private Pair pair;

    @TempDir
    private Path directory;

    private static final RouteRule ALL = new RouteRule("all", Severity.INFO, Set.of(), Set.of(), Duration.ZERO, true);
    private static final RouteRule URGENT =
            new RouteRule("urgent", Severity.CRITICAL, Set.of("shirts"), Set.of(AlertKind.DRIFT), Duration.ZERO, false);

    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private HomeSettings settings;
    private Home home;
    private Alerts alerts;

    @BeforeEach
    void open() {
        settings = pair.in(directory);
        home = Home.open(settings, "0.1.0");
        alerts = alerts();
    }

    @AfterEach
    void close() {
        home.close();
    }

    private Alerts alerts() {
        return new Alerts(
                home.production().alerts(),
                home.production().silences(),
                List.of(ALL, URGENT),
                AlertRules.DEFAULT,
                () -> now);
    }

    private Silences silences() {
        return new Silences(home.production().silences(), () -> now);
    }

    private static Condition condition(String key, Severity severity) {
        return new Condition(
                key,
                Optional.of("shirts"),
                AlertKind.DRIFT,
                severity,
                "Drift of shirts",
                "18 % darker",
                Optional.of("/#/models/shirts"),
                Instant.parse("2026-11-21T11:00:00Z"));
    }

    private static final Condition WARNING = condition("drift/shirts", Severity.WARNING);

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private Alert only() {
        return alerts.recent(9).getFirst();
    }

    private List<Delivery> deliveries(String route) {
        return alerts.file(only().id()).record().deliveries().stream()
                .filter(delivery -> delivery.route().equals(route))
                .toList();
    }

    private void delivered() {
        List<Delivery> waiting = home.production().alerts().due("all", now).stream()
                .map(due -> due.delivery().to(DeliveryState.DELIVERED, now, "HTTP 200"))
                .toList();
        home.production().alerts().attempted(waiting, List.of());
    }

    @Test
    void shouldRaiseOneAlertForAConditionThatIsReportedAgainAndAgain() {
        for (int i = 0; i < 100; i++) {
            alerts.report(WARNING);
            pass(Duration.ofSeconds(5));
        }
        assertThat(alerts.open()).singleElement().satisfies(alert -> {
            assertThat(alert.condition()).isEqualTo(WARNING);
            assertThat(alert.state()).isInstanceOf(AlertState.Raised.class);
            assertThat(alert.raises()).isOne();
            assertThat(alert.reported()).isAfter(now.minus(Duration.ofMinutes(2)));
        });
        assertThat(deliveries("all"))
                .singleElement()
                .extracting(Delivery::event)
                .isEqualTo(AlertEvent.RAISED);
        assertThat(deliveries("urgent")).isEmpty();
    }

    @Test
    void shouldKeepAlertsOverARestart() {
        alerts.report(WARNING);
        home.close();
        home = Home.open(settings, "0.1.0");
        alerts = alerts();
        alerts.report(WARNING);
        assertThat(alerts.open()).hasSize(1);
        assertThat(deliveries("all")).hasSize(1);
    }

    @Test
    void shouldTellAgainWhenAConditionBecomesMoreUrgent() {
        alerts.report(WARNING);
        var _ = alerts.acknowledge(only().id(), "ada", "");
        alerts.report(condition("drift/shirts", Severity.CRITICAL));
        assertThat(only().state()).isInstanceOf(AlertState.Raised.class);
        assertThat(deliveries("urgent")).hasSize(1);
    }

    @Test
    void shouldResolveWhatHasNotHeldForAMinute() {
        alerts.report(WARNING);
        delivered();
        alerts.clear("drift/shirts");
        pass(Duration.ofSeconds(59));
        alerts.settle();
        assertThat(only().state().isOpen()).isTrue();
        pass(Duration.ofSeconds(1));
        alerts.settle();
        assertThat(only().state()).isEqualTo(new AlertState.Resolved(now));
        assertThat(alerts.open()).isEmpty();
        assertThat(deliveries("all"))
                .extracting(Delivery::event)
                .containsExactly(AlertEvent.RAISED, AlertEvent.RESOLVED);
    }

    /** A condition that holds every other five seconds, for ten minutes: told once, not 60 times. */
    @Test
    void shouldTellOfAFlappingConditionOnce() {
        for (int i = 0; i < 60; i++) {
            alerts.report(WARNING);
            delivered();
            pass(Duration.ofSeconds(5));
            alerts.clear("drift/shirts");
            alerts.settle();
            pass(Duration.ofSeconds(5));
        }
        assertThat(alerts.recent(99)).hasSize(1);
        assertThat(deliveries("all")).hasSize(1);
        assertThat(only().raises()).isEqualTo(60);
    }

    /** One that comes back each time just after it was resolved. */
    @Test
    void shouldResolveAnAlertThatCameBackAfterTwiceTheTime() {
        Duration[] holds = {Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(4)};
        for (Duration hold : holds) {
            alerts.report(WARNING);
            delivered();
            alerts.clear("drift/shirts");
            pass(hold.minusSeconds(1));
            alerts.settle();
            assertThat(only().state().isOpen()).isTrue();
            pass(Duration.ofSeconds(1));
            alerts.settle();
            assertThat(only().state().isOpen()).isFalse();
            delivered();
            pass(Duration.ofSeconds(1));
        }
        assertThat(only().raises()).isEqualTo(3);
        assertThat(deliveries("all")).hasSize(6);
        pass(Duration.ofHours(2));
        alerts.report(WARNING);
        assertThat(alerts.recent(99)).as("a new one after an hour").hasSize(2);
    }

    @Test
    void shouldResolveWhatItsServerNoLongerReports() {
        alerts.report(WARNING);
        pass(Duration.ofMinutes(10));
        alerts.settle();
        assertThat(only().state().isOpen()).isTrue();
        pass(Duration.ofSeconds(1));
        alerts.settle();
        assertThat(only().state().isOpen()).isFalse();
    }

    @Test
    void shouldRecordWhoAcknowledgedAndWhy() {
        alerts.report(WARNING);
        delivered();
        Alert taken = alerts.acknowledge(only().id(), "ada", "new lamp");
        assertThat(taken.state()).isEqualTo(new AlertState.Acknowledged(now, "ada", "new lamp"));
        assertThat(only()).isEqualTo(taken);
        assertThat(alerts.file(taken.id()).history())
                .containsExactly(
                        new AlertEntry(now, AlertEvent.RAISED, "", "Drift of shirts"),
                        new AlertEntry(now, AlertEvent.ACKNOWLEDGED, "ada", "new lamp"));
        assertThat(deliveries("all"))
                .extracting(Delivery::event)
                .containsExactly(AlertEvent.RAISED, AlertEvent.ACKNOWLEDGED);
        assertThatThrownBy(() -> alerts.acknowledge(taken.id(), "eve", ""))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STATE_CONFLICT))
                .hasMessageContaining("was acknowledged by ada");
        assertThatThrownBy(() -> alerts.acknowledge("none", "eve", ""))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    @Test
    void shouldHoldBackWhatIsSilencedAndTellItAfterwards() {
        Silence silence = silences()
                .add(
                        Optional.of("shirts"),
                        Optional.of(AlertKind.DRIFT),
                        now.plus(Duration.ofHours(8)),
                        "ada",
                        "new camera");
        alerts.report(WARNING);
        alerts.report(new Condition(
                "other",
                Optional.of("mugs"),
                AlertKind.DRIFT,
                Severity.INFO,
                "Drift of mugs",
                "",
                Optional.empty(),
                now));
        assertThat(home.production().alerts().due("all", now))
                .singleElement()
                .satisfies(due -> assertThat(due.alert().condition().key()).isEqualTo("other"));
        Alert shirts = alerts.open().stream()
                .filter(alert -> alert.condition().equals(WARNING))
                .findFirst()
                .orElseThrow();
        assertThat(alerts.file(shirts.id()).record().deliveries())
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.detail()).contains("by ada: new camera"));
        alerts.settle();
        assertThat(home.production().alerts().due("all", now)).hasSize(1);
        silences().end(silence.id());
        alerts.settle();
        alerts.settle();
        assertThat(alerts.file(shirts.id()).record().deliveries())
                .extracting(Delivery::state)
                .containsExactly(DeliveryState.SILENCED, DeliveryState.WAITING);
        assertThat(silences().inForce()).isEmpty();
        assertThatThrownBy(() -> silences().end(silence.id())).hasMessageContaining("no silence");
    }

    @Test
    void shouldRefuseSilencesThatHaveEndedOrHaveNoReason() {
        assertThatThrownBy(() -> silences().add(Optional.empty(), Optional.empty(), now, "ada", "x"))
                .hasMessageContaining("has passed");
        assertThatThrownBy(() -> silences().add(Optional.empty(), Optional.empty(), now.plusSeconds(1), "ada", " "))
                .hasMessageContaining("needs a reason");
        assertThatThrownBy(() ->
                        silences().add(Optional.empty(), Optional.empty(), now.plus(Duration.ofDays(367)), "ada", "x"))
                .hasMessageContaining("366 days at most");
        assertThat(silences().inForce()).isEmpty();
    }

    @Test
    void shouldNotTellTheEndOfWhatNobodyWasTold() {
        var _ = silences().add(Optional.empty(), Optional.empty(), now.plus(Duration.ofHours(8)), "ada", "maintenance");
        alerts.report(WARNING);
        alerts.clear("drift/shirts");
        pass(Duration.ofMinutes(2));
        alerts.settle();
        assertThat(deliveries("all")).extracting(Delivery::state).containsExactly(DeliveryState.SILENCED);
    }

    @Test
    void shouldSendTheEndInPlaceOfABeginningThatCouldNotBeSent() {
        alerts.report(WARNING);
        alerts.clear("drift/shirts");
        pass(Duration.ofMinutes(2));
        alerts.settle();
        assertThat(deliveries("all"))
                .extracting(Delivery::event, Delivery::state)
                .containsExactlyInAnyOrder(
                        tuple(AlertEvent.RAISED, DeliveryState.SUPERSEDED),
                        tuple(AlertEvent.RESOLVED, DeliveryState.WAITING));
    }

    @Test
    void shouldClearThoseOfASourceThatItNoLongerReports() {
        alerts.reportAll("a/", List.of(condition("a/1", Severity.INFO), condition("a/2", Severity.INFO)));
        alerts.reportAll("b/", List.of(condition("b/1", Severity.INFO)));
        alerts.reportAll("a/", List.of(condition("a/2", Severity.INFO)));
        assertThat(alerts.open())
                .filteredOn(alert -> alert.cleared().isPresent())
                .extracting(alert -> alert.condition().key())
                .containsExactly("a/1");
    }

    @Test
    void shouldGiveWhatIsDueWithWhatWaitsAboutTheSameModel() {
        RouteRule waits = new RouteRule("all", Severity.INFO, Set.of(), Set.of(), Duration.ofSeconds(10), true);
        alerts = new Alerts(
                home.production().alerts(),
                home.production().silences(),
                List.of(waits),
                AlertRules.DEFAULT,
                () -> now);
        alerts.report(condition("a", Severity.INFO));
        pass(Duration.ofSeconds(9));
        assertThat(home.production().alerts().due("all", now)).isEmpty();
        alerts.report(condition("b", Severity.CRITICAL));
        pass(Duration.ofSeconds(1));
        assertThat(home.production().alerts().due("all", now))
                .extracting(due -> due.alert().condition().key())
                .containsExactly("a", "b");
    }

    @Test
    void shouldRecordEachTryAndHoldTheRouteBack() {
        alerts.report(WARNING);
        Delivery waiting = home.production().alerts().due("all", now).getFirst().delivery();
        Instant next = now.plusSeconds(30);
        DeliveryAttempt first = new DeliveryAttempt(waiting.id(), 1, now, Duration.ofMillis(250), false, "HTTP 500");
        home.production()
                .alerts()
                .attempted(List.of(waiting.to(DeliveryState.WAITING, next, "HTTP 500")), List.of(first));
        alerts.report(condition("other", Severity.INFO));
        assertThat(alerts.file(waiting.alert()).attempts()).containsExactly(first);
        assertThat(home.production().alerts().waiting()).containsEntry("all", 2L);
        assertThat(home.production().alerts().due("all", now)).isEmpty();
        pass(Duration.ofSeconds(30));
        assertThat(home.production().alerts().due("all", now))
                .filteredOn(due -> due.delivery().id().equals(waiting.id()))
                .singleElement()
                .satisfies(due -> assertThat(due.attempts()).isOne());
    }

    @Test
    void shouldForgetWhatWasResolvedNinetyDaysAgo() {
        alerts.report(WARNING);
        delivered();
        alerts.clear("drift/shirts");
        pass(Duration.ofMinutes(1));
        alerts.settle();
        pass(Duration.ofDays(91));
        alerts.settle();
        assertThat(alerts.recent(9)).isEmpty();
        assertThat(home.production().alerts().waiting()).isEmpty();
    }

    @Test
    void shouldTakeNoMoreThanTheQueueHolds() {
        for (int i = 0; i < Alerts.MAX_WAITING + 5; i++) {
            alerts.report(condition("key-" + i, Severity.INFO));
        }
        assertThat(home.production().alerts().waiting()).containsEntry("all", (long) Alerts.MAX_WAITING);
        assertThat(alerts.file(only().id()).record().deliveries())
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.state()).isEqualTo(DeliveryState.FAILED));
    }
}
