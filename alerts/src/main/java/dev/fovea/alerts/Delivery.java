package dev.fovea.alerts;

import java.time.Instant;

/**
 * What is to be told on one route.
 *
 * @param id also the id of the message, so that a receiver can tell a repeated one
 * @param alert the id of the alert
 * @param route name of the route
 * @param created when it happened
 * @param next when it is tried next, while it waits; else when it came into its state
 * @param detail why it is in its state: the receiver's answer, the last failure, the silence
 */
public record Delivery(
        String id,
        String alert,
        String route,
        AlertEvent event,
        Instant created,
        DeliveryState state,
        Instant next,
        String detail) {

    /** The same in another state. */
    public Delivery to(DeliveryState other, Instant at, String why) {
        return new Delivery(id, alert, route, event, created, other, at, why);
    }
}
