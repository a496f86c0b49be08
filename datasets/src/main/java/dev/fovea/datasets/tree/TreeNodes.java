package dev.fovea.datasets.tree;

/** Reads stored nodes. */
@FunctionalInterface
public interface TreeNodes {

    /**
     * The bytes of a node.
     *
     * @throws dev.fovea.fault.FoveaException {@code STORAGE_FAILED} when there is none
     */
    byte[] read(ContentHash hash);
}
