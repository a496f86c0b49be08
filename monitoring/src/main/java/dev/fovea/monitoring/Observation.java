package dev.fovea.monitoring;

import dev.fovea.registry.VersionId;

/** What is known of one request when it has ended: which version had it, and how it went. */
public record Observation(VersionId id, RequestOutcome outcome) {}
