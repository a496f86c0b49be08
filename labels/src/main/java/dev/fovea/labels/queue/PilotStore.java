package dev.fovea.labels.queue;

import dev.fovea.datasets.tree.ContentHash;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** The pilots of data sets. Implementations are thread-safe; each call is one transaction. */
public interface PilotStore {

    /**
     * Starts a pilot: from now on its images are leased before all others.
     *
     * @param images that nobody voted on
     * @throws dev.fovea.fault.FoveaException {@code STATE_CONFLICT} while another one runs
     */
    Pilot start(long dataset, Collection<ContentHash> images, int people, String author, Instant now);

    /** The newest pilot. */
    Optional<Pilot> newest(long dataset);

    /** Ends the newest pilot; its other images are ordinary again. False when none is running. */
    boolean end(long dataset, Instant now);
}
