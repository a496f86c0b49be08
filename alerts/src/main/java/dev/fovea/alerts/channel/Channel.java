package dev.fovea.alerts.channel;

import dev.fovea.alerts.Alert;
import dev.fovea.alerts.AlertEvent;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A receiver. Used by one thread at a time; a call ends within its timeout, whatever the receiver does. */
public sealed interface Channel extends AutoCloseable
        permits WebhookChannel, SlackChannel, TeamsChannel, PagerDutyChannel, EmailChannel, AlertmanagerChannel {

    /**
     * Sends a message and returns the receiver's answer, in a few words.
     *
     * @throws DeliveryFailed when the receiver did not take it
     */
    String send(Notification notification);

    /** Whether several alerts are one message; else each is one of its own. */
    boolean isGrouping();

    /** Whether it is told of an event. */
    default boolean knows(AlertEvent event) {
        return true;
    }

    /** How often it must hear of alerts that still hold, or it takes them for resolved; empty for once. */
    default Optional<Duration> refreshEvery() {
        return Optional.empty();
    }

    /** Says again that alerts hold. */
    default void refresh(List<Alert> open, Optional<URI> server) {
        throw new UnsupportedOperationException("it need not hear of alerts again");
    }

    @Override
    void close();
}
