package dev.fovea.registry;

import java.util.Optional;

/**
 * Who helps a model out.
 *
 * @param cascade when it is unsure
 * @param fallback served when the model fails
 */
public record Assistance(Optional<Cascade> cascade, Optional<Fallback> fallback) {

    /** Neither cascade nor fallback. */
    public static final Assistance NONE = new Assistance(Optional.empty(), Optional.empty());

    Assistance with(Optional<Cascade> other) {
        return new Assistance(other, fallback);
    }

    Assistance withFallback(Optional<Fallback> other) {
        return new Assistance(cascade, other);
    }
}
