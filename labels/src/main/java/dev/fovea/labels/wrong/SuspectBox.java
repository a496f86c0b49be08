package dev.fovea.labels.wrong;

import dev.fovea.statistics.labelerrors.BoxIssueKind;
import java.util.Optional;

/**
 * A box that is probably wrong.
 *
 * @param kind what is wrong with it
 * @param image id
 * @param given as labelled; empty for an overlooked object
 * @param likely as predicted; empty for a spurious box
 * @param suspicion in (0, 1], comparable within a kind; no probability
 */
public record SuspectBox(
        BoxIssueKind kind, String image, Optional<NamedBox> given, Optional<NamedBox> likely, double suspicion) {}
