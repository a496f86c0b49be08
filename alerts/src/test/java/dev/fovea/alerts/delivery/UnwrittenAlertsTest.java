package dev.fovea.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.alerts.AlertKind;
import dev.fovea.alerts.AlertRules;
import dev.fovea.alerts.AlertStore;
import dev.fovea.alerts.Alerts;
import dev.fovea.alerts.Condition;
import dev.fovea.alerts.Delivery;
import dev.fovea.alerts.DeliveryState;
import dev.fovea.alerts.MemoryAlertStore;
import dev.fovea.alerts.RouteRule;
import dev.fovea.alerts.Severity;
import dev.fovea.alerts.SilenceStore;
import dev.fovea.alerts.channel.HttpReceiver;
import dev.fovea.alerts.channel.RecordingServer;
import dev.fovea.alerts.channel.WebhookChannel;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store that fails for a while, as that of a full disk does. */
class UnwrittenAlertsTest {

    private final AlertStore rows = new MemoryAlertStore();
    private boolean full = true;
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private RecordingServer server;
    private Alerts alerts;
    private Dispatcher dispatcher;

    @BeforeEach
    void start() throws IOException {
        server = new RecordingServer();
        AlertRoute route = new AlertRoute(
                new RouteRule("hook", Severity.INFO, Set.of(), Set.of(), Duration.ZERO, true),
                "webhook",
                new WebhookChannel(
                        new HttpReceiver(server.uri("/"), List.of(), Duration.ofSeconds(5), () -> now),
                        Optional.empty()));
        AlertStore store = failing(AlertStore.class, rows);
        SilenceStore none = failing(SilenceStore.class, new DispatcherTest.NoSilences());
        alerts = new Alerts(store, none, List.of(route.rule()), AlertRules.DEFAULT, () -> now);
        dispatcher = new Dispatcher(alerts, store, List.of(route), Optional.empty(), () -> true, () -> now);
    }

    @AfterEach
    void stop() {
        dispatcher.close();
        server.close();
    }

    private <T> T failing(Class<T> port, T real) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    if (full) {
                        throw new FoveaException(ErrorCode.STORAGE_FAILED, "The disk is full.");
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private Condition condition() {
        return new Condition(
                "home-not-writable",
                Optional.empty(),
                AlertKind.HOME_NOT_WRITABLE,
                Severity.CRITICAL,
                "The home cannot be written",
                "",
                Optional.empty(),
                Instant.EPOCH);
    }

    private void turnWhileFull() {
        assertThatThrownBy(dispatcher::turn).hasMessageContaining("disk is full");
    }

    @Test
    void shouldTellOnceThatTheDiskIsFull() throws Exception {
        alerts.reportAll("home", List.of(condition()));
        turnWhileFull();
        assertThat(server.next().json().get("data").get("title").asString()).isEqualTo("The home cannot be written");
        now = now.plus(Duration.ofMinutes(2));
        alerts.reportAll("home", List.of(condition()));
        turnWhileFull();
        assertThat(server.left()).isZero();
    }

    @Test
    void shouldRecordTheAlertWhenThereIsRoomAgainAndTellItsEndOnly() throws Exception {
        alerts.report(condition());
        turnWhileFull();
        full = false;
        now = now.plus(Duration.ofMinutes(2));
        alerts.report(condition());
        dispatcher.turn();
        assertThat(rows.open()).hasSize(1);
        assertThat(alerts.open()).hasSize(1);
        List<Delivery> deliveries =
                rows.find(rows.open().getFirst().id()).orElseThrow().deliveries();
        assertThat(deliveries).singleElement().extracting(Delivery::state).isEqualTo(DeliveryState.DELIVERED);
        alerts.reportAll("home", List.of());
        now = now.plus(Duration.ofMinutes(1));
        alerts.settle();
        dispatcher.turn();
        assertThat(server.next().json().get("type").asString()).isEqualTo("dev.fovea.alert.raised");
        assertThat(server.next().json().get("type").asString()).isEqualTo("dev.fovea.alert.resolved");
        assertThat(server.left()).isZero();
    }

    @Test
    void shouldTellTheEndOfWhatWasNeverWritten() throws Exception {
        alerts.report(condition());
        turnWhileFull();
        alerts.clear("home-not-writable");
        now = now.plus(Duration.ofMinutes(1));
        alerts.settle();
        turnWhileFull();
        assertThat(server.next().json().get("type").asString()).isEqualTo("dev.fovea.alert.raised");
        assertThat(server.next().json().get("type").asString()).isEqualTo("dev.fovea.alert.resolved");
    }
}
