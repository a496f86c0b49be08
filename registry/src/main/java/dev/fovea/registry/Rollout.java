package dev.fovea.registry;

/** How traffic that names no version is shared out beside production. */
public sealed interface Rollout {

    /** All of it goes to production. */
    record None() implements Rollout {}

    /**
     * A part of it goes to another version.
     *
     * @param version the version on trial
     * @param percent share of the traffic, above 0 and up to 100
     */
    record CanaryTraffic(int version, double percent) implements Rollout {}
}
