package dev.fovea.traffic.retention;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Port: images that are kept in data sets, with the requests that they came with, for all servers of a home. Any thread
 * may call; changes are durable on return, and each call is all or nothing. All methods throw {@code STORAGE_FAILED}
 * and {@code STORAGE_UNAVAILABLE}.
 */
public interface KeptImageStore {

    /**
     * A kept image that has a label.
     *
     * @param image where it is, and the request that it came with
     * @param annotation the number of the annotation that is in force
     * @param value what it says, as JSON of the data set's room
     */
    record KeptLabel(KeptImage image, long annotation, String value) {}

    /** Notes that a chosen image is in its data set; it is no candidate any more. */
    void keep(KeptImage image);

    /** Kept images of responses of a model from a time to before another, the newest first. */
    List<KeptImage> kept(String model, Instant from, Instant to, int limit, int skip);

    /** Kept images of responses from a time to before another, in the order of their times. */
    List<KeptImage> between(String model, Instant from, Instant to);

    /** Kept images of some requests. */
    List<KeptImage> ofRequests(String model, Collection<String> requests);

    /** The requests that an image of a data set came with, the oldest first. */
    List<KeptImage> ofImage(String dataset, String hash);

    /** The models with kept images whose label was not reported as true yet. */
    List<String> newlyLabelled();

    /**
     * Kept images of a model that have a label, in the order of their ids.
     *
     * @param dataset the data set; all without it
     * @param again whether those are meant, too, whose label was reported before
     * @param after the id of the last one before; empty for the first
     */
    List<KeptLabel> labelled(String model, Optional<String> dataset, boolean again, String after, int limit);

    /** Notes that labels were reported as true. */
    void reported(Collection<KeptLabel> labels);

    /** Images whose days are over, and the oldest ones above their policy's bytes. */
    List<KeptImage> expired(LocalDate today, int limit);

    /** Forgets rows of images that were removed from their data set. */
    void release(Collection<KeptImage> images);

    /** Notes that images stay, whatever the policy says. */
    void retain(Collection<KeptImage> images);

    /** The counts of a model. */
    KeepTotals totals(String model);
}
