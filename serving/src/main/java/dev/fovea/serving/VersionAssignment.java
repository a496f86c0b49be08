package dev.fovea.serving;

import dev.fovea.registry.Rollout;
import dev.fovea.registry.VersionId;
import java.util.OptionalInt;

/**
 * The version that was chosen for a request that names none.
 *
 * @param version that serves it
 * @param missed the version that the request belongs to, where that one is not ready and production serves instead
 * @param rollout that it was chosen by
 */
public record VersionAssignment(VersionId version, OptionalInt missed, Rollout rollout) {}
