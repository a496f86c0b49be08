package dev.fovea.serving;

import dev.fovea.model.Manifest;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.BatchSettings;
import dev.fovea.runtime.Signature;

/**
 * A version that answers requests.
 *
 * @param manifest what its bundle says
 * @param signature what its network takes and gives
 * @param batch how its requests are run
 */
public record Served(VersionId id, Manifest manifest, Signature signature, BatchSettings batch) {}
