package dev.fovea.alerts.delivery;

import dev.fovea.alerts.Alert;
import dev.fovea.alerts.AlertEvent;
import dev.fovea.alerts.AlertStore;
import dev.fovea.alerts.AlertStore.DueDelivery;
import dev.fovea.alerts.Delivery;
import dev.fovea.alerts.DeliveryAttempt;
import dev.fovea.alerts.DeliveryState;
import dev.fovea.alerts.channel.Channel;
import dev.fovea.alerts.channel.DeliveryFailed;
import dev.fovea.alerts.channel.Notification;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Delivers what waits on one route. Used by one thread at a time. */
final class RouteWorker {

    private static final Duration GIVE_UP = Duration.ofDays(1);
    private static final System.Logger LOG = System.getLogger("fovea.alerts");

    private final AlertRoute route;
    private final Optional<URI> server;
    private final Backoff backoff;
    private final InstantSource clock;
    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder retried = new LongAdder();
    private Instant refreshAt = Instant.MIN;

    RouteWorker(AlertRoute route, Optional<URI> server, Backoff backoff, InstantSource clock) {
        this.route = route;
        this.server = server;
        this.backoff = backoff;
        this.clock = clock;
    }

    AlertRoute route() {
        return route;
    }

    RouteCounts counts() {
        return new RouteCounts(delivered.sum(), failed.sum(), retried.sum());
    }

    /** Sends what is due; true when it sent something. */
    boolean turn(AlertStore store) {
        Instant now = clock.instant();
        List<DueDelivery> due = store.due(route.name(), now);
        if (due.isEmpty()) {
            return false;
        }
        List<DueDelivery> unknown = due.stream()
                .filter(one -> !route.channel().knows(one.delivery().event()))
                .toList();
        if (!unknown.isEmpty()) {
            store.attempted(
                    unknown.stream()
                            .map(one -> one.delivery()
                                    .to(DeliveryState.SUPERSEDED, now, "the receiver knows no such event"))
                            .toList(),
                    List.of());
        }
        boolean well = true;
        for (List<DueDelivery> message : messages(due, unknown)) {
            well = well && send(store, message);
        }
        return true;
    }

    /** By model where the receiver takes several at once. */
    private List<List<DueDelivery>> messages(List<DueDelivery> due, List<DueDelivery> unknown) {
        Map<String, List<DueDelivery>> groups = new LinkedHashMap<>();
        due.stream()
                .filter(one -> !unknown.contains(one))
                .forEach(one -> groups.computeIfAbsent(
                                route.channel().isGrouping()
                                        ? "model "
                                                + one.alert()
                                                        .condition()
                                                        .model()
                                                        .orElse("")
                                        : one.delivery().id(),
                                absent -> new ArrayList<>())
                        .add(one));
        return List.copyOf(groups.values());
    }

    /**
     * Sends one message and writes how it went; false when it is to be tried again, and the receiver to be left alone.
     */
    private boolean send(AlertStore store, List<DueDelivery> message) {
        Instant began = clock.instant();
        try {
            String answer = route.channel().send(notification(message));
            write(store, message, began, DeliveryState.DELIVERED, clock.instant(), answer);
            delivered.increment();
            return true;
        } catch (DeliveryFailed e) {
            return failed(store, message, began, e);
        }
    }

    private boolean failed(AlertStore store, List<DueDelivery> message, Instant began, DeliveryFailed e) {
        Instant now = clock.instant();
        boolean late = message.stream()
                .allMatch(one -> one.delivery().created().plus(GIVE_UP).isBefore(now));
        if (!e.isRetryable() || late) {
            failed.increment();
            write(store, message, began, DeliveryState.FAILED, now, e.text());
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The alert \"%s\" could not be told on the route %s: %s. Correct alerts.json, and try it: fovea alerts test %s"
                            .formatted(
                                    message.getFirst().alert().condition().title(),
                                    route.name(),
                                    e.text(),
                                    route.name()));
            return true;
        }
        retried.increment();
        int failures =
                1 + message.stream().mapToInt(DueDelivery::attempts).max().orElse(0);
        Instant next = now.plus(backoff.after(failures, e.retryAfter()));
        write(store, message, began, DeliveryState.WAITING, next, e.text());
        return false;
    }

    private void write(
            AlertStore store,
            List<DueDelivery> message,
            Instant began,
            DeliveryState state,
            Instant at,
            String detail) {
        Duration took = Duration.between(began, clock.instant());
        List<Delivery> deliveries = new ArrayList<>();
        List<DeliveryAttempt> attempts = new ArrayList<>();
        for (DueDelivery one : message) {
            deliveries.add(one.delivery().to(state, at, detail));
            attempts.add(new DeliveryAttempt(
                    one.delivery().id(), one.attempts() + 1, began, took, state == DeliveryState.DELIVERED, detail));
        }
        store.attempted(deliveries, attempts);
    }

    private Notification notification(List<DueDelivery> message) {
        return new Notification(
                message.stream()
                        .map(one -> new Notification.Event(
                                one.delivery().id(),
                                one.delivery().event(),
                                one.delivery().created(),
                                one.alert()))
                        .toList(),
                server);
    }

    /** Says again that alerts hold, to a receiver that must hear of it. A failure waits for the next time. */
    void refresh(Supplier<List<Alert>> open) {
        Channel channel = route.channel();
        Instant now = clock.instant();
        if (channel.refreshEvery().isEmpty() || now.isBefore(refreshAt)) {
            return;
        }
        refreshAt = now.plus(channel.refreshEvery().get());
        List<Alert> own = open.get().stream()
                .filter(alert -> route.rule().takes(alert.condition(), AlertEvent.RAISED))
                .toList();
        if (own.isEmpty()) {
            return;
        }
        try {
            channel.refresh(own, server);
        } catch (DeliveryFailed e) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "The route {0} did not hear again of open alerts: {1}",
                    route.name(),
                    e.text());
        }
    }
}
