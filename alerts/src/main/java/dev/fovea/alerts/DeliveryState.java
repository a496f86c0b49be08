package dev.fovea.alerts;

import java.util.Locale;

/** How far a delivery has come. */
public enum DeliveryState {
    /** To be sent, or to be sent again. */
    WAITING,
    /** The receiver has taken it. */
    DELIVERED,
    /** Given up: the receiver refuses it, or did not take it for a day. */
    FAILED,
    /** Held back by a silence. */
    SILENCED,
    /** Not sent, because what happened later is sent instead. */
    SUPERSEDED;

    /** The word in tables. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
