package dev.fovea.labels.queue;

import java.util.List;

/**
 * What is to be labelled.
 *
 * @param images that wait
 * @param labels that they want: one for each person that is still to label each of them
 * @param arrivals images that were added on each of the last days, the last 24 hours first; the day on which the data
 *     set got its first images is left out
 */
public record LabelDemand(long images, long labels, List<Integer> arrivals) {

    /** Days that are looked at. */
    public static final int DAYS = 7;

    public LabelDemand {
        arrivals = List.copyOf(arrivals);
    }
}
