package dev.fovea.fault;

import java.util.Locale;

/** A number with what it counts, in the singular or plural. */
public final class Counted {

    private Counted() {}

    /**
     * Such as {@code 1 image was} and {@code 4,311 images were}.
     *
     * @param one what is counted, and what must agree with it, for a count of 1
     * @param many the same for every other count
     */
    public static String of(long count, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
    }

    /** Such as {@code 1 image} and {@code 4,311 images}. */
    public static String images(long count) {
        return of(count, "image", "images");
    }
}
