package dev.fovea.registry;

/** Files of deleted versions that nothing refers to any more: bundles, and the thumbnails of evaluations. */
@FunctionalInterface
public interface Leftovers {

    /**
     * Removes what deletions left, of this process and of those that ended before they could.
     *
     * @throws dev.fovea.fault.FoveaException {@code STORAGE_FAILED}; what could not be removed is tried again later
     */
    void remove();
}
