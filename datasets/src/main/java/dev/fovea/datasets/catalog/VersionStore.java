package dev.fovea.datasets.catalog;

import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.datasets.tree.TreeNodes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The versions of data sets. Implementations are thread-safe. */
public interface VersionStore {

    /** Saves the present state; returns the newest version when nothing changed since. Costs what changed. */
    SavedVersion commit(Dataset dataset, String message, String author);

    /** Whether something changed since the newest version. */
    boolean isChanged(long dataset);

    /** All versions, the newest first. */
    List<SavedVersion> log(long dataset);

    /** A data set with one of its versions. */
    record Named(String dataset, SavedVersion version) {}

    /** The versions of any data set whose id begins with some digits; one id may have several names. */
    List<Named> find(String prefix);

    /** Reads nodes of trees. */
    TreeNodes nodes();

    /**
     * Evidence of an image that was forgotten.
     *
     * @param image its hash
     * @param forgotten when
     * @param by who
     * @param reason why
     * @param models versions that had learned from it, as {@code shirts:3}
     */
    record Tombstone(ContentHash image, Instant forgotten, String by, String reason, List<String> models) {
        public Tombstone {
            models = List.copyOf(models);
        }
    }

    /** Erases images everywhere: their bytes, items, annotations, thumbnails, and their states in all versions. */
    void forget(List<Tombstone> tombstones);

    /** All tombstones, the newest first. */
    List<Tombstone> tombstones();

    /** The tombstone of an image. */
    Optional<Tombstone> tombstone(ContentHash image);
}
