package dev.fovea.alerts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * The port of alerts and deliveries. Every change is all or nothing, durable on return and serialized over all
 * processes. Errors are {@code STORAGE_FAILED} and {@code STORAGE_UNAVAILABLE}.
 */
public interface AlertStore {

    /** The newest alert of a key, with all that is to be told of it. */
    record AlertRecord(Alert alert, List<Delivery> deliveries) {}

    /**
     * What to write: the alert, a line of its history, and deliveries that are new or changed.
     *
     * @param deliveries by their ids
     */
    record AlertChange(Alert alert, Optional<AlertEntry> entry, List<Delivery> deliveries) {}

    /** Reads the newest alert of a key, and writes what a step makes of it; the step runs within the transaction. */
    Optional<Alert> change(String key, Function<Optional<AlertRecord>, Optional<AlertChange>> step);

    /** The same of an alert by its id. */
    Optional<Alert> changeById(String id, Function<Optional<AlertRecord>, Optional<AlertChange>> step);

    Optional<AlertRecord> find(String id);

    /** Those that are raised or acknowledged, the most urgent first, then the newest. */
    List<Alert> open();

    /** All, the newest first. */
    List<Alert> recent(int limit);

    /** Of one alert, the oldest first. */
    List<AlertEntry> history(String id);

    /** Of all deliveries of one alert, the oldest first. */
    List<DeliveryAttempt> attempts(String alert);

    /** A delivery to be sent, with the alert as it is now and the number of tries so far. */
    record DueDelivery(Delivery delivery, Alert alert, int attempts) {}

    /**
     * What is due on a route, with whatever else waits about the same models, the oldest first. Nothing, while one
     * waits to be tried again: a receiver that fails is left alone.
     */
    List<DueDelivery> due(String route, Instant now);

    /** Writes how deliveries went, in their new states. */
    void attempted(List<Delivery> deliveries, List<DeliveryAttempt> attempts);

    /** How many deliveries wait, by route. */
    SortedMap<String, Long> waiting();

    /** Deletes alerts that were resolved before a time; returns how many. */
    int prune(Instant before);
}
