package dev.fovea.alerts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Alerts in memory, for as long as the home cannot be written. Guarded by its own lock. */
public final class MemoryAlertStore implements AlertStore {

    private final Map<String, Alert> alerts = new LinkedHashMap<>();
    private final Map<String, Delivery> deliveries = new LinkedHashMap<>();
    private final List<DeliveryAttempt> attempts = new ArrayList<>();

    @Override
    public synchronized Optional<Alert> change(
            String key, Function<Optional<AlertRecord>, Optional<AlertChange>> step) {
        return changed(
                alerts.values().stream()
                        .filter(alert -> alert.condition().key().equals(key))
                        .reduce((earlier, later) -> later),
                step);
    }

    @Override
    public synchronized Optional<Alert> changeById(
            String id, Function<Optional<AlertRecord>, Optional<AlertChange>> step) {
        return changed(Optional.ofNullable(alerts.get(id)), step);
    }

    private Optional<Alert> changed(Optional<Alert> now, Function<Optional<AlertRecord>, Optional<AlertChange>> step) {
        Optional<AlertChange> change = step.apply(now.map(this::record));
        change.ifPresent(made -> {
            alerts.put(made.alert().id(), made.alert());
            made.deliveries().forEach(delivery -> deliveries.put(delivery.id(), delivery));
        });
        return change.map(AlertChange::alert);
    }

    private AlertRecord record(Alert alert) {
        return new AlertRecord(
                alert,
                deliveries.values().stream()
                        .filter(delivery -> delivery.alert().equals(alert.id()))
                        .toList());
    }

    @Override
    public synchronized Optional<AlertRecord> find(String id) {
        return Optional.ofNullable(alerts.get(id)).map(this::record);
    }

    @Override
    public synchronized List<Alert> open() {
        return alerts.values().stream().filter(alert -> alert.state().isOpen()).toList();
    }

    @Override
    public synchronized List<Alert> recent(int limit) {
        return alerts.values().stream()
                .sorted(Comparator.comparing(Alert::raised).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public List<AlertEntry> history(String id) {
        return List.of();
    }

    @Override
    public synchronized List<DeliveryAttempt> attempts(String alert) {
        return attempts.stream().filter(attempt -> isOf(attempt, alert)).toList();
    }

    @Override
    public synchronized List<DueDelivery> due(String route, Instant now) {
        List<Delivery> waiting = deliveries.values().stream()
                .filter(delivery -> delivery.route().equals(route) && delivery.state() == DeliveryState.WAITING)
                .toList();
        if (waiting.stream().anyMatch(delivery -> delivery.next().isAfter(now) && wasTried(delivery))) {
            return List.of();
        }
        return waiting.stream()
                .filter(delivery -> !delivery.next().isAfter(now))
                .map(delivery -> new DueDelivery(delivery, Objects.requireNonNull(alerts.get(delivery.alert())), (int)
                        attempts.stream()
                                .filter(attempt -> attempt.delivery().equals(delivery.id()))
                                .count()))
                .toList();
    }

    private boolean isOf(DeliveryAttempt attempt, String alert) {
        Delivery delivery = deliveries.get(attempt.delivery());
        return delivery != null && delivery.alert().equals(alert);
    }

    private boolean wasTried(Delivery delivery) {
        return attempts.stream().anyMatch(attempt -> attempt.delivery().equals(delivery.id()));
    }

    @Override
    public synchronized void attempted(List<Delivery> changed, List<DeliveryAttempt> made) {
        attempts.addAll(made);
        changed.forEach(delivery -> deliveries.put(delivery.id(), delivery));
    }

    @Override
    public synchronized SortedMap<String, Long> waiting() {
        return deliveries.values().stream()
                .filter(delivery -> delivery.state() == DeliveryState.WAITING)
                .collect(Collectors.groupingBy(Delivery::route, TreeMap::new, Collectors.counting()));
    }

    @Override
    public synchronized int prune(Instant before) {
        List<String> gone = alerts.values().stream()
                .filter(alert -> !alert.state().isOpen() && alert.state().at().isBefore(before))
                .filter(alert -> record(alert).deliveries().stream()
                        .noneMatch(delivery -> delivery.state() == DeliveryState.WAITING))
                .map(Alert::id)
                .toList();
        gone.forEach(this::forget);
        return gone.size();
    }

    /** Removes an alert with its deliveries. */
    synchronized void forget(String id) {
        attempts.removeIf(attempt -> isOf(attempt, id));
        deliveries.values().removeIf(delivery -> delivery.alert().equals(id));
        alerts.remove(id);
    }

    /** The open alert of a key. */
    synchronized Optional<AlertRecord> openAt(String key) {
        return open().stream()
                .filter(alert -> alert.condition().key().equals(key))
                .findFirst()
                .map(this::record);
    }
}
