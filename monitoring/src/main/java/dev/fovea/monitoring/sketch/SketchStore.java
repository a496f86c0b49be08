package dev.fovea.monitoring.sketch;

import dev.fovea.registry.VersionId;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Where sketches of all servers are kept. Every failure of the medium is {@code STORAGE_FAILED}. */
public interface SketchStore {

    /**
     * Adds sketches of one server, durably.
     *
     * @param server distinguishes servers of a home
     */
    void save(String server, List<StoredSketch> sketches);

    /** A version's sketches of all servers that start at or after a moment and before another, by their start. */
    List<StoredSketch> sketches(VersionId version, Instant from, Instant until);

    /** The versions that have sketches which start at or after a moment. */
    Set<VersionId> versions(Instant from);

    /** Replaces a version's sketches that start from one moment to before another by one sketch. */
    void rollUp(VersionId version, Instant from, Instant until, StoredSketch whole);

    /** Removes what starts before a moment. */
    void removeBefore(Instant moment);

    /**
     * A sketch in its bytes.
     *
     * @param minutes that it spans
     * @param bytes of {@link SketchCodec}
     */
    record StoredSketch(VersionId version, Instant start, int minutes, byte[] bytes) {}
}
