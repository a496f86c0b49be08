package dev.fovea.traffic.retention;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Port: policies and candidates, for all servers of a home. Any thread may call; changes are durable on return, and
 * each call is all or nothing. All methods throw {@code STORAGE_FAILED}, as for a full disk, and
 * {@code STORAGE_UNAVAILABLE}.
 */
public interface KeepStore {

    /**
     * A candidate with its file.
     *
     * @param file the image's bytes; not to be changed
     */
    record StagedImage(KeepCandidate candidate, byte[] file) {}

    /** All policies, by model. */
    List<KeepPolicy> policies();

    /** The policy of a model. */
    Optional<KeepPolicy> policy(String model);

    /** Sets the policy of a model, or replaces it. */
    void put(KeepPolicy policy);

    /** Ends the policy of a model and gives its candidates up; returns whether there was one. */
    boolean end(String model);

    /** The part of a day that takes images now. */
    OpenPart open(KeepPolicy policy, LocalDate day);

    /** The parts that have images and are not closed. */
    List<KeepPart> openParts();

    /** The parts of a day and those after it that are closed. */
    Set<KeepPart> closedParts(LocalDate from);

    /**
     * Adds to a part; nothing when it is closed.
     *
     * @return whether it was open
     */
    boolean stage(KeepPart part, PartCounts counts, List<StagedImage> images);

    /**
     * Gives candidates up.
     *
     * @param share the share of the quotas that the part has from now on
     */
    void giveUp(KeepPart part, Collection<KeepCandidate> candidates, double share);

    /**
     * Closes a part: what is not chosen is given up. Nothing happens when it is closed.
     *
     * @param choice of the images, made in the transaction
     */
    void close(KeepPolicy policy, KeepPart part, Function<OpenPart, List<ChosenImage>> choice);

    /** The data sets that chosen images are to be brought to. */
    List<String> awaiting();

    /** Images that are chosen and not in their data set, the oldest first. */
    List<ChosenImage> chosen(String dataset, int limit);

    /** The file of a candidate; empty for one that is none any more. {@code NOT_FOUND} for a file that was deleted. */
    Optional<byte[]> file(KeepCandidate candidate);

    /** Gives a chosen image up that its data set refused. */
    void refuse(ChosenImage image);
}
