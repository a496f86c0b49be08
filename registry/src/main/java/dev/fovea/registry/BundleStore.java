package dev.fovea.registry;

import java.nio.file.Path;

/** Where bundles are kept, each addressed by the SHA-256 of its manifest {@code bundle.json}. */
public interface BundleStore {

    /**
     * Copies a bundle directory into the store; durable on return, and all or nothing.
     *
     * @return the bundle's id, 64 hexadecimal digits; the same for a bundle that is already there
     */
    String put(Path bundle);

    /**
     * The stored bundle's directory, to be read only; every file is checked against its hash, and
     * {@code BUNDLE_CORRUPT} if one of them, or the whole bundle, is missing or altered.
     */
    Path path(String id);
}
