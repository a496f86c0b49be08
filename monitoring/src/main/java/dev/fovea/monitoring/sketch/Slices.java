package dev.fovea.monitoring.sketch;

import dev.fovea.traffic.LoggedPrediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The parts of the traffic, by predicted label, API key, tag, camera and file format, with the sums of what is watched
 * singly. At most {@value #MOST} of each kind have sums of their own, in the order of their coming; images of further
 * ones are counted together as {@code other}, so that sketches that have no {@code other} add up exactly. Not
 * thread-safe.
 */
public final class Slices {

    /** Parts of one kind. */
    static final int MOST = 24;

    private static final String OTHER = "other";

    private final int[] places;
    private final Map<String, TreeMap<String, Sums>> byKind = new TreeMap<>();

    /** Sums of one part. */
    static final class Sums {
        long images;
        final long[] counts;
        final long[] sums;

        Sums(int size) {
            this.counts = new long[size];
            this.sums = new long[size];
        }

        void add(Sums other) {
            images += other.images;
            for (int j = 0; j < sums.length; j++) {
                counts[j] += other.counts[j];
                sums[j] += other.sums[j];
            }
        }
    }

    /**
     * A part of the traffic.
     *
     * @param kind {@code label}, {@code client}, {@code camera}, {@code format} or {@code tag NAME}
     * @param means of the coordinates with a test of their own; NaN for others, and where no image has the number
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on, not compared
    public record Slice(String kind, String name, long images, double[] means) {}

    private final int width;

    Slices(List<Coordinate> coordinates) {
        this.width = coordinates.size();
        this.places = IntStream.range(0, width)
                .filter(j -> coordinates.get(j).aspect().single())
                .toArray();
    }

    void add(LoggedPrediction row, long[] numbers) {
        Sums one = new Sums(places.length);
        one.images = 1;
        for (int k = 0; k < places.length; k++) {
            long number = numbers[places[k]];
            if (number != Long.MIN_VALUE) {
                one.counts[k] = 1;
                one.sums[k] = number;
            }
        }
        row.output().best().ifPresent(best -> put("label", best.label(), one));
        row.request().client().ifPresent(client -> put("client", client, one));
        row.request().tags().forEach((tag, value) -> put("tag " + tag, value, one));
        row.image()
                .observed()
                .measures()
                .flatMap(measures -> measures.file().camera())
                .ifPresent(camera -> put("camera", camera, one));
        put("format", row.image().header().format().name().toLowerCase(Locale.ROOT), one);
    }

    void merge(Slices other) {
        other.byKind.forEach((kind, parts) -> parts.forEach((name, sums) -> put(kind, name, sums)));
    }

    private void put(String kind, String name, Sums sums) {
        if (byKind.size() >= MOST && !byKind.containsKey(kind)) {
            return;
        }
        TreeMap<String, Sums> parts = byKind.computeIfAbsent(kind, absent -> new TreeMap<>());
        String place = parts.containsKey(name) || parts.size() < MOST ? name : OTHER;
        parts.computeIfAbsent(place, absent -> new Sums(places.length)).add(sums);
    }

    /** All parts, by kind and name. */
    public List<Slice> all() {
        List<Slice> all = new ArrayList<>();
        byKind.forEach((kind, parts) -> parts.forEach((name, sums) -> {
            double[] means = new double[width];
            Arrays.fill(means, Double.NaN);
            double[] own = TrafficSketch.means(sums.sums, sums.counts);
            for (int k = 0; k < places.length; k++) {
                means[places[k]] = own[k];
            }
            all.add(new Slice(kind, name, sums.images, means));
        }));
        return all;
    }

    Map<String, ? extends Map<String, Sums>> byKind() {
        return byKind;
    }

    int stored() {
        return places.length;
    }

    void restore(String kind, String name, Sums sums) {
        byKind.computeIfAbsent(kind, absent -> new TreeMap<>()).put(name, sums);
    }
}
