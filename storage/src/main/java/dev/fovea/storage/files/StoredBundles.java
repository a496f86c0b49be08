package dev.fovea.storage.files;

import dev.fovea.registry.BundleStore;
import java.util.SortedMap;

/** Bundles with operations for storage only. */
public interface StoredBundles extends BundleStore {

    /** Removes a bundle, damaged or not; does nothing when there is none. The caller knows that nothing uses it. */
    void remove(String id);

    /**
     * The current SHA-256 of each file of a bundle, read from storage and not from a local copy.
     *
     * @throws dev.fovea.fault.FoveaException {@code BUNDLE_CORRUPT} for a bundle or a file that is missing
     */
    SortedMap<String, String> hashes(String id);
}
