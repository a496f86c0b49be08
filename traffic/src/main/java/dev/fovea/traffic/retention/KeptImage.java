package dev.fovea.traffic.retention;

import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * An image that is kept in a data set, and why.
 *
 * @param id as of its candidate
 * @param part of the day in which it was chosen
 * @param reasons at least one
 * @param probability with which the random sample chose it; empty for an image that is not in the random sample
 */
public record KeptImage(
        String id,
        KeepPart part,
        ImageOrigin origin,
        Set<KeepReason> reasons,
        Optional<Double> probability,
        KeptFile file) {

    /**
     * Where the image is.
     *
     * @param dataset the name of the data set
     * @param hash by which the data set knows it, in hexadecimal
     * @param bytes of its file
     * @param expires the day on which it is removed, in UTC; empty for one that stays, because somebody labelled it or
     *     another data set has it
     */
    public record KeptFile(String dataset, String hash, long bytes, Optional<LocalDate> expires) {}

    public KeptImage {
        reasons = Collections.unmodifiableSet(EnumSet.copyOf(reasons));
    }

    /** A chosen image in its data set. */
    public static KeptImage of(ChosenImage chosen, String hash) {
        KeepCandidate candidate = chosen.candidate();
        return new KeptImage(
                candidate.id(),
                candidate.part(),
                candidate.origin(),
                chosen.reasons(),
                chosen.probability(),
                new KeptFile(chosen.dataset(), hash, candidate.bytes(), Optional.of(chosen.expires())));
    }
}
