package dev.fovea.traffic.retention;

import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A candidate that is kept.
 *
 * @param reasons at least one
 * @param probability with which the random sample chose it: its size divided by the number of images that it was drawn
 *     from; empty for an image that is not in the random sample
 * @param dataset the name of the data set that it comes into
 * @param expires the day on which it is removed, in UTC
 */
public record ChosenImage(
        KeepCandidate candidate,
        Set<KeepReason> reasons,
        Optional<Double> probability,
        String dataset,
        LocalDate expires) {
    public ChosenImage {
        reasons = Collections.unmodifiableSet(EnumSet.copyOf(reasons));
    }
}
