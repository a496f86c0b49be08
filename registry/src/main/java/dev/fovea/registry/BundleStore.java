package dev.fovea.registry;

import dev.fovea.model.Bundle;
import dev.fovea.model.Manifest;
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

    /** A stored bundle, checked as {@link #path} does. */
    default Bundle bundle(String id) {
        return Bundle.read(path(id));
    }

    /**
     * One file of a stored bundle, checked against its hash; the others are not read.
     *
     * @param name its path within the bundle, such as {@code bundle.json}
     * @throws dev.fovea.fault.FoveaException {@code BUNDLE_CORRUPT}, also when there is no such bundle or file
     */
    byte[] file(String id, String name);

    /** A stored bundle's manifest; its other files are not read. */
    default Manifest manifest(String id) {
        return Manifest.read(file(id, Bundle.MANIFEST), id + "/" + Bundle.MANIFEST);
    }
}
