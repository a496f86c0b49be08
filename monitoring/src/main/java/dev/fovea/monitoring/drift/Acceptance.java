package dev.fovea.monitoring.drift;

import java.time.Instant;

/**
 * An owner's word that a version's traffic was as it should be.
 *
 * @param from beginning of the accepted traffic; what was before is forgotten
 * @param until its end
 * @param by who
 */
public record Acceptance(Instant from, Instant until, String by) {}
