package dev.fovea.monitoring.drift;

import java.util.List;

/**
 * Where a change comes from, by the traffic before and after it.
 *
 * @param slices that carry it, the one with most of it first; none where all parts of the traffic changed alike
 * @param requestsBefore ids of requests of about the same hours before the change, drawn evenly
 * @param requestsAfter ids of requests since the change, drawn evenly
 * @param nearest held-out images whose embedding is nearest to the mean of the changed traffic, the nearest first
 */
public record AlarmOrigin(
        List<CarryingSlice> slices,
        List<String> requestsBefore,
        List<String> requestsAfter,
        List<NearestHeldOut> nearest) {

    /** Of a change of which no traffic is stored. */
    public static final AlarmOrigin UNKNOWN = new AlarmOrigin(List.of(), List.of(), List.of(), List.of());

    public AlarmOrigin {
        slices = List.copyOf(slices);
        requestsBefore = List.copyOf(requestsBefore);
        requestsAfter = List.copyOf(requestsAfter);
        nearest = List.copyOf(nearest);
    }

    /**
     * A part of the traffic that changed more than the rest.
     *
     * @param kind {@code label}, {@code client}, {@code camera}, {@code format} or {@code tag NAME}
     * @param shareBefore its share of the images before, 0 to 1
     * @param shareAfter its share since
     * @param finding the number whose change it carries
     * @param part of the change that it carries, 0 to 1
     */
    public record CarryingSlice(
            String kind, String name, double shareBefore, double shareAfter, String finding, double part) {}

    /**
     * A held-out image.
     *
     * @param row its place in the reference of the bundle
     * @param labels what it shows, or what was predicted where that is not known
     * @param distance of the embeddings
     */
    public record NearestHeldOut(int row, List<String> labels, double distance) {}
}
