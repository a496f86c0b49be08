package dev.fovea.registry;

import java.util.Optional;

/**
 * Who helps a model out.
 *
 * @param cascade when it is unsure
 * @param fallback when it cannot answer
 */
public record Assistance(Optional<Cascade> cascade, Optional<Fallback> fallback) {

    /** Nobody. */
    public static final Assistance NONE = new Assistance(Optional.empty(), Optional.empty());

    Assistance with(Optional<Cascade> other) {
        return new Assistance(other, fallback);
    }

    Assistance withFallback(Optional<Fallback> other) {
        return new Assistance(cascade, other);
    }
}
