package dev.fovea.statistics.agreement;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Whole numbers compared by content; the array must not change. */
final class IntKey {

    private final int[] values;

    IntKey(int[] values) {
        this.values = values;
    }

    int[] values() {
        return values;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IntKey key && Arrays.equals(values, key.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
