package dev.fovea.storage.files;

import dev.fovea.registry.BundleStore;
import java.util.SortedMap;

/** Bundles with what only storage itself may do to them. */
public interface StoredBundles extends BundleStore {

    /** Removes a bundle, damaged or not; does nothing when there is none. The caller knows that nothing uses it. */
    void remove(String id);

    /**
     * The SHA-256 of each file of a bundle as its bytes are now, read anew and not from a local copy.
     *
     * @throws dev.fovea.fault.FoveaException {@code BUNDLE_CORRUPT} for a bundle or a file that is missing
     */
    SortedMap<String, String> hashes(String id);
}
