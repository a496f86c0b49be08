package dev.fovea.datasets.tree;

import java.util.Collection;
import java.util.Map;

/** Reads stored nodes. */
@FunctionalInterface
public interface TreeNodes {

    /**
     * The bytes of some nodes, by hash.
     *
     * @throws dev.fovea.fault.FoveaException {@code STORAGE_FAILED} when one is missing
     */
    Map<ContentHash, byte[]> read(Collection<ContentHash> hashes);
}
