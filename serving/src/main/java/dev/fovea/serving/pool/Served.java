package dev.fovea.serving.pool;

import dev.fovea.model.Manifest;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.Signature;
import dev.fovea.runtime.batching.BatchSettings;

/**
 * A version that answers requests.
 *
 * @param manifest what its bundle says
 * @param signature what its network takes and gives
 * @param batch how its requests are run
 */
public record Served(VersionId id, Manifest manifest, Signature signature, BatchSettings batch) {}
