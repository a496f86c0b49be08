package dev.fovea.monitoring.sketch;

import dev.fovea.traffic.LoggedPrediction;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * A version's traffic of a span of time, in bounded memory. Sketches of servers and of spans add up with
 * {@link #merge}: sums are integers, so that no order of additions changes them; request ids are those with the
 * smallest hashes; quantiles are within the error of {@link Quantiles}. Not thread-safe.
 */
public final class TrafficSketch {

    /** Sums count in units of 2⁻²⁴, so that they are exact integers. */
    private static final double UNIT = 0x1p-24;

    /** Beyond this a number of an image counts as this: 2³⁹ images of it fit into a sum. */
    private static final double LARGEST = 0x1p20;

    private final List<Coordinate> coordinates;
    private final long[] counts;
    private final long[] sums;
    private final EmbeddingMoments embedding;
    private final Quantiles quantiles;
    private final SampledRequests requests;
    private final Slices slices;
    private long images;

    /** An empty sketch of these numbers. */
    public TrafficSketch(List<Coordinate> coordinates) {
        this(
                coordinates,
                new EmbeddingMoments(coordinates),
                new Quantiles(coordinates),
                new SampledRequests(),
                new Slices(coordinates));
    }

    TrafficSketch(
            List<Coordinate> coordinates,
            EmbeddingMoments embedding,
            Quantiles quantiles,
            SampledRequests requests,
            Slices slices) {
        this.coordinates = List.copyOf(coordinates);
        this.counts = new long[coordinates.size()];
        this.sums = new long[coordinates.size()];
        this.embedding = embedding;
        this.quantiles = quantiles;
        this.requests = requests;
        this.slices = slices;
    }

    /** Takes in an image with its numbers. */
    public void add(LoggedPrediction row, double[] numbers) {
        long[] fixed = new long[numbers.length];
        for (int j = 0; j < numbers.length; j++) {
            fixed[j] = fixed(numbers[j]);
            if (fixed[j] != Long.MIN_VALUE) {
                counts[j]++;
                sums[j] += fixed[j];
            }
        }
        images++;
        embedding.add(numbers);
        quantiles.add(numbers);
        requests.add(row.request().id());
        slices.add(row, fixed);
    }

    /** Adds another sketch of the same numbers. */
    public void merge(TrafficSketch other) {
        images += other.images;
        for (int j = 0; j < sums.length; j++) {
            counts[j] += other.counts[j];
            sums[j] += other.sums[j];
        }
        embedding.merge(other.embedding);
        quantiles.merge(other.quantiles);
        requests.merge(other.requests);
        slices.merge(other.slices);
    }

    /** What the numbers are. */
    public List<Coordinate> coordinates() {
        return coordinates;
    }

    /** Number of images. */
    public long images() {
        return images;
    }

    /** The mean of each number over the images that have it, {@code [coordinates]}; NaN where none has. */
    public double[] means() {
        return means(sums, counts);
    }

    /** Mean and covariance of the embedding. */
    public EmbeddingMoments embedding() {
        return embedding;
    }

    /** Quantiles of measures and outputs. */
    public Quantiles quantiles() {
        return quantiles;
    }

    /** A sample of request ids. */
    public SampledRequests requests() {
        return requests;
    }

    /** Parts of the traffic: by label, client, tag and camera. */
    public Slices slices() {
        return slices;
    }

    long[] counts() {
        return counts;
    }

    long[] sums() {
        return sums;
    }

    void restore(long newImages, long[] newCounts, long[] newSums) {
        images = newImages;
        System.arraycopy(newCounts, 0, counts, 0, counts.length);
        System.arraycopy(newSums, 0, sums, 0, sums.length);
    }

    /** A number in units; {@code Long.MIN_VALUE} where there is none. */
    static long fixed(double number) {
        return Double.isNaN(number) ? Long.MIN_VALUE : Math.round(Math.clamp(number, -LARGEST, LARGEST) / UNIT);
    }

    static double[] means(long[] sums, long[] counts) {
        double[] means = new double[sums.length];
        Arrays.setAll(means, j -> counts[j] == 0 ? Double.NaN : sums[j] * UNIT / counts[j]);
        return means;
    }

    /**
     * A stretch of traffic.
     *
     * @param start of it, to the minute
     * @param sketch of what came in from then on
     */
    public record Timed(Instant start, TrafficSketch sketch) {}
}
