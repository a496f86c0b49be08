package dev.fovea.serving.pool;

import dev.fovea.model.Manifest;
import dev.fovea.registry.VersionId;
import dev.fovea.runtime.Signature;
import dev.fovea.runtime.batching.BatchSettings;

/**
 * A version that serves requests.
 *
 * @param manifest of its bundle
 * @param signature its network's inputs and outputs
 * @param batch how its requests are run
 */
public record Served(VersionId id, Manifest manifest, Signature signature, BatchSettings batch) {}
