package dev.fovea.model.tensor;

import java.util.Comparator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Chooses the largest of many values, such as the best of a thousand labels. Pure. */
public final class TopIndices {

    /** More are sorted: inserting costs up to {@code count} moves for each value. */
    private static final int MAX_INSERTED = 32;

    private TopIndices() {}

    /**
     * The indices of the largest values, largest first; equal ones in the order of their indices, NaN last.
     *
     * @param size number of values
     * @param count number of indices; all where it is larger than {@code size}
     * @param value of an index from 0 to {@code size} - 1
     */
    public static int[] of(int size, int count, IntToDoubleFunction value) {
        return count <= MAX_INSERTED ? inserted(size, Math.min(size, count), value) : sorted(size, count, value);
    }

    /** One pass; few values are larger than the smallest of the best ones before them. */
    private static int[] inserted(int size, int count, IntToDoubleFunction value) {
        int[] best = new int[count];
        double[] keys = new double[count];
        int found = 0;
        for (int i = 0; i < size; i++) {
            double key = -value.applyAsDouble(i);
            if (found == count && (count == 0 || Double.compare(key, keys[count - 1]) >= 0)) {
                continue;
            }
            int place = found < count ? found++ : count - 1;
            for (; place > 0 && Double.compare(key, keys[place - 1]) < 0; place--) {
                keys[place] = keys[place - 1];
                best[place] = best[place - 1];
            }
            keys[place] = key;
            best[place] = i;
        }
        return best;
    }

    private static int[] sorted(int size, int count, IntToDoubleFunction value) {
        return IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -value.applyAsDouble(i)))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
