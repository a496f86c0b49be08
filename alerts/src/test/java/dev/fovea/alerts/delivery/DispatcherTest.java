package dev.fovea.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.alerts.AlertKind;
import dev.fovea.alerts.AlertRules;
import dev.fovea.alerts.AlertStore;
import dev.fovea.alerts.Alerts;
import dev.fovea.alerts.Condition;
import dev.fovea.alerts.Delivery;
import dev.fovea.alerts.DeliveryAttempt;
import dev.fovea.alerts.DeliveryState;
import dev.fovea.alerts.MemoryAlertStore;
import dev.fovea.alerts.RouteRule;
import dev.fovea.alerts.Severity;
import dev.fovea.alerts.Silence;
import dev.fovea.alerts.SilenceStore;
import dev.fovea.alerts.channel.AlertmanagerChannel;
import dev.fovea.alerts.channel.Channel;
import dev.fovea.alerts.channel.HttpReceiver;
import dev.fovea.alerts.channel.RecordingServer;
import dev.fovea.alerts.channel.SlackChannel;
import dev.fovea.alerts.channel.WebhookChannel;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over real HTTP; the clock is the test's. */
class DispatcherTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final AlertStore store = new MemoryAlertStore();
    private final List<AlertRoute> routes = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Instant now = NOON;
    private RecordingServer server;
    private RecordingServer other;

    @BeforeEach
    void start() throws IOException {
        server = new RecordingServer();
        other = new RecordingServer();
        open.add(server);
        open.add(other);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable part : open.reversed()) {
            part.close();
        }
    }

    private void route(String name, Channel channel) {
        routes.add(new AlertRoute(
                new RouteRule(name, Severity.INFO, Set.of(), Set.of(), Duration.ZERO, true), "test", channel));
    }

    private HttpReceiver at(RecordingServer receiver) {
        return new HttpReceiver(receiver.uri("/"), List.of(), Duration.ofSeconds(5), () -> now);
    }

    private Alerts alerts() {
        return new Alerts(
                store, new NoSilences(), routes.stream().map(AlertRoute::rule).toList(), AlertRules.DEFAULT, () -> now);
    }

    private Dispatcher dispatcher(Alerts alerts, boolean turn) {
        Dispatcher dispatcher = new Dispatcher(alerts, store, routes, Optional.empty(), () -> turn, () -> now);
        open.add(dispatcher);
        return dispatcher;
    }

    private Condition condition(String key, String model) {
        return new Condition(
                key, Optional.of(model), AlertKind.DRIFT, Severity.WARNING, key, "", Optional.empty(), now);
    }

    private List<Delivery> deliveries() {
        return store.recent(99).stream()
                .flatMap(alert -> store.find(alert.id()).orElseThrow().deliveries().stream())
                .toList();
    }

    private List<DeliveryAttempt> attempts() {
        return store.recent(99).stream()
                .flatMap(alert -> store.attempts(alert.id()).stream())
                .toList();
    }

    @Test
    void shouldDeliverWhatWasRaisedAndThenWhatWasResolved() throws Exception {
        route("hook", new WebhookChannel(at(server), Optional.empty()));
        Alerts alerts = alerts();
        Dispatcher dispatcher = dispatcher(alerts, true);
        alerts.report(condition("a", "shirts"));
        dispatcher.turn();
        alerts.clear("a");
        now = now.plus(Duration.ofMinutes(1));
        alerts.settle();
        dispatcher.turn();
        dispatcher.turn();
        assertThat(server.next().json().get("type").asString()).isEqualTo("dev.fovea.alert.raised");
        assertThat(server.next().json().get("type").asString()).isEqualTo("dev.fovea.alert.resolved");
        assertThat(server.left()).isZero();
        assertThat(deliveries()).allSatisfy(delivery -> {
            assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED);
            assertThat(delivery.detail()).isEqualTo("HTTP 200");
        });
        assertThat(dispatcher.counts().get("hook")).isEqualTo(new RouteCounts(2, 0, 0));
    }

    @Test
    void shouldTellAlertsAboutOneModelInOneMessage() throws Exception {
        route("slack", new SlackChannel(at(server)));
        Alerts alerts = alerts();
        for (String key : List.of("a", "b", "c")) {
            alerts.report(condition(key, key.equals("c") ? "mugs" : "shirts"));
        }
        dispatcher(alerts, true).turn();
        assertThat(server.next().json().get("text").asString()).isEqualTo("2 alerts about shirts");
        assertThat(server.next().json().get("text").asString()).isEqualTo("WARNING mugs: c");
        assertThat(server.left()).isZero();
    }

    /** An hour of 500: the same message is repeated, ever more rarely, and taken in the end, with the same id. */
    @Test
    void shouldWaitEverLongerForAReceiverThatFails() throws Exception {
        server.answers(500, Map.of(), "down");
        route("hook", new WebhookChannel(at(server), Optional.empty()));
        Alerts alerts = alerts();
        alerts.report(condition("a", "shirts"));
        Dispatcher dispatcher = dispatcher(alerts, true);
        for (int second = 0; second < 3600; second++) {
            dispatcher.turn();
            now = now.plusSeconds(1);
        }
        int tries = server.left();
        assertThat(tries).isBetween(8, 15);
        server.answers(204, Map.of(), "");
        now = now.plus(Duration.ofMinutes(13));
        dispatcher.turn();
        assertThat(deliveries()).singleElement().extracting(Delivery::state).isEqualTo(DeliveryState.DELIVERED);
        assertThat(attempts()).hasSize(tries + 1).last().satisfies(attempt -> {
            assertThat(attempt.delivered()).isTrue();
            assertThat(attempt.number()).isEqualTo(tries + 1);
        });
        assertThat(attempts().getFirst().detail()).isEqualTo("HTTP 500: down");
        String id = server.next().json().get("id").asString();
        for (int i = 0; i < tries; i++) {
            assertThat(server.next().json().get("id").asString()).isEqualTo(id);
        }
        assertThat(dispatcher.counts().get("hook")).isEqualTo(new RouteCounts(1, 0, tries));
    }

    @Test
    void shouldWaitAsLongAsTheReceiverAsks() {
        server.answers(429, Map.of("Retry-After", "600"), "");
        route("hook", new WebhookChannel(at(server), Optional.empty()));
        Alerts alerts = alerts();
        alerts.report(condition("a", "shirts"));
        Dispatcher dispatcher = dispatcher(alerts, true);
        dispatcher.turn();
        alerts.report(condition("b", "mugs"));
        now = now.plusSeconds(599);
        dispatcher.turn();
        assertThat(server.left()).as("what is new waits, too").isOne();
        server.answers(200, Map.of(), "");
        now = now.plusSeconds(1);
        dispatcher.turn();
        assertThat(server.left()).isEqualTo(3);
    }

    @Test
    void shouldGiveUpAtOnceWhatTheReceiverRefuses() {
        server.answers(404, Map.of(), "no_service");
        route("slack", new SlackChannel(at(server)));
        Alerts alerts = alerts();
        alerts.report(condition("a", "shirts"));
        Dispatcher dispatcher = dispatcher(alerts, true);
        dispatcher.turn();
        now = now.plus(Duration.ofHours(1));
        dispatcher.turn();
        assertThat(server.left()).isOne();
        assertThat(deliveries()).singleElement().satisfies(delivery -> {
            assertThat(delivery.state()).isEqualTo(DeliveryState.FAILED);
            assertThat(delivery.detail()).isEqualTo("HTTP 404: no_service");
        });
    }

    @Test
    void shouldGiveUpAfterADay() {
        server.answers(503, Map.of(), "");
        route("slack", new SlackChannel(at(server)));
        Alerts alerts = alerts();
        alerts.report(condition("a", "shirts"));
        Dispatcher dispatcher = dispatcher(alerts, true);
        for (int i = 0; i < 26; i++) {
            dispatcher.turn();
            now = now.plus(Duration.ofHours(1));
        }
        assertThat(deliveries()).singleElement().extracting(Delivery::state).isEqualTo(DeliveryState.FAILED);
    }

    /** A receiver that never answers. */
    @Test
    void shouldNotHoldUpOtherRoutes() throws Exception {
        server.hangs();
        route("a-hanging", new WebhookChannel(at(server), Optional.empty()));
        route("b-well", new WebhookChannel(at(other), Optional.empty()));
        Alerts alerts = alerts();
        Dispatcher dispatcher = dispatcher(alerts, true);
        dispatcher.start();
        for (int i = 0; i < 20; i++) {
            alerts.report(condition("k" + i, "shirts"));
        }
        for (int i = 0; i < 20; i++) {
            assertThat(other.next().json().get("subject").asString()).isEqualTo("k" + i);
        }
        assertThat(server.next().json().get("subject").asString()).isEqualTo("k0");
        assertThat(server.left()).as("the second waits behind the first").isZero();
    }

    @Test
    void shouldDeliverNothingWhileAnotherServerDoes() {
        route("hook", new WebhookChannel(at(server), Optional.empty()));
        Alerts alerts = alerts();
        alerts.report(condition("a", "shirts"));
        dispatcher(alerts, false).turn();
        assertThat(server.left()).isZero();
        dispatcher(alerts, true).turn();
        assertThat(server.left()).isOne();
    }

    @Test
    void shouldTellAlertmanagerAgainEachMinuteWhatHolds() throws Exception {
        route("alertmanager", new AlertmanagerChannel(at(server)));
        Alerts alerts = alerts();
        alerts.report(condition("a", "shirts"));
        Dispatcher dispatcher = dispatcher(alerts, true);
        dispatcher.turn();
        int first = server.left();
        now = now.plusSeconds(59);
        dispatcher.turn();
        assertThat(server.left()).isEqualTo(first);
        now = now.plusSeconds(1);
        dispatcher.turn();
        assertThat(server.left()).isEqualTo(first + 1);
        var _ = alerts.acknowledge(store.open().getFirst().id(), "ada", "");
        dispatcher.turn();
        assertThat(deliveries())
                .extracting(Delivery::state)
                .containsExactly(DeliveryState.DELIVERED, DeliveryState.SUPERSEDED);
    }

    @Test
    void shouldTryEachRouteWithoutRecordingIt() throws Exception {
        route("hook", new WebhookChannel(at(server), Optional.empty()));
        RouteTrial trial = RouteTrial.of(routes.getFirst(), Optional.empty(), "ada", NOON);
        assertThat(trial).isEqualTo(new RouteTrial("hook", "test", true, "HTTP 200"));
        assertThat(server.next().json().get("data").get("kind").asString()).isEqualTo("test");
        assertThat(server.next().json().get("type").asString()).isEqualTo("dev.fovea.alert.resolved");
        server.answers(410, Map.of(), "gone");
        assertThat(RouteTrial.of(routes.getFirst(), Optional.empty(), "ada", NOON)
                        .answer())
                .isEqualTo("HTTP 410: gone");
        assertThat(store.recent(9)).isEmpty();
        routes.getFirst().channel().close();
    }

    static final class NoSilences implements SilenceStore {

        @Override
        public void add(Silence silence) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean end(String id, Instant now) {
            return false;
        }

        @Override
        public List<Silence> inForce(Instant now) {
            return List.of();
        }

        @Override
        public int prune(Instant before) {
            return 0;
        }
    }
}
