package dev.fovea.datasets.tree;

import java.util.Optional;

/**
 * An image in a version.
 *
 * @param image hash of its bytes
 * @param stateHash hash of its state
 * @param state what the version says about it, as text; empty once the image is forgotten
 */
public record TreeEntry(ContentHash image, ContentHash stateHash, Optional<String> state) {

    /** An image with its state. */
    public TreeEntry(ContentHash image, String state) {
        this(image, ContentHash.ofText(state), Optional.of(state));
    }

    /** The same without its state; the leaf's hash stays. */
    TreeEntry forgotten() {
        return new TreeEntry(image, stateHash, Optional.empty());
    }
}
