package dev.fovea.datasets.exchange.json;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Where the annotations of each image are in a document: first {@link #add} for each in the order of the file, then
 * {@link #finish}, then {@link #of}. 24 bytes each and 8 more while ids are compared.
 */
final class AnnotationPlaces {

    private final int[] first;
    private int[] ordinals = new int[1024];
    private long[] ids = new long[1024];
    private long[] starts = new long[1024];
    private int[] lengths = new int[1024];
    private int[] lines = new int[1024];
    private int[] order = new int[0];
    private int[] repeated = new int[0];
    private int count;

    AnnotationPlaces(int images) {
        this.first = new int[images + 1];
    }

    void add(int ordinal, long id, long start, int length, int line) {
        if (count == ordinals.length) {
            int larger = Math.toIntExact(Math.min(2L * count, Integer.MAX_VALUE - 8));
            ordinals = Arrays.copyOf(ordinals, larger);
            ids = Arrays.copyOf(ids, larger);
            starts = Arrays.copyOf(starts, larger);
            lengths = Arrays.copyOf(lengths, larger);
            lines = Arrays.copyOf(lines, larger);
        }
        ordinals[count] = ordinal;
        ids[count] = id;
        starts[count] = start;
        lengths[count] = length;
        lines[count++] = line;
        first[ordinal + 1]++;
    }

    /** Sorts by image, in the order of the file within each, by counting. */
    void finish() {
        for (int i = 1; i < first.length; i++) {
            first[i] += first[i - 1];
        }
        int[] next = first.clone();
        order = new int[count];
        for (int i = 0; i < count; i++) {
            order[next[ordinals[i]]++] = i;
        }
        ordinals = new int[0];
        repeated = findRepeated();
        ids = new long[0];
    }

    private int[] findRepeated() {
        long[] sorted = Arrays.copyOf(ids, count);
        Arrays.sort(sorted);
        long[] twice = IntStream.range(1, count)
                .filter(i -> sorted[i] == sorted[i - 1])
                .mapToLong(i -> sorted[i])
                .toArray();
        return twice.length == 0
                ? new int[0]
                : IntStream.range(0, count)
                        .filter(i -> Arrays.binarySearch(twice, ids[i]) >= 0)
                        .map(i -> lines[i])
                        .toArray();
    }

    /** The lines of annotations whose id another one has. */
    IntStream repeated() {
        return Arrays.stream(repeated);
    }

    /** The annotations of an image, as numbers for {@link #start}, {@link #length} and {@link #line}. */
    IntStream of(int ordinal) {
        return Arrays.stream(order, first[ordinal], first[ordinal + 1]);
    }

    long start(int annotation) {
        return starts[annotation];
    }

    int length(int annotation) {
        return lengths[annotation];
    }

    int line(int annotation) {
        return lines[annotation];
    }
}
