package dev.fovea.storage.files;

import dev.fovea.registry.BundleStore;

/** Bundles with what only storage itself may do to them. */
public interface StoredBundles extends BundleStore {

    /** Removes a bundle, damaged or not; does nothing when there is none. The caller knows that nothing uses it. */
    void remove(String id);
}
