package dev.fovea.traffic.retention;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Which images of a model's traffic are kept, and for how long.
 *
 * @param model whose requests they come with
 * @param dataset the data set that they come into
 * @param perDay the number of images of each reason and day, in UTC
 * @param maxBytes of all its kept images; the oldest are removed first
 * @param days after which an image is removed
 */
public record KeepPolicy(String model, String dataset, Map<KeepReason, Integer> perDay, long maxBytes, int days) {

    /** The images of one reason and day at most. */
    public static final int MAX_PER_DAY = 10_000;

    /** The days that images are kept at most. */
    public static final int MAX_DAYS = 3650;

    /** The bytes of a policy that states none. */
    public static final long USUAL_BYTES = 10_000_000_000L;

    /** The days of a policy that states none. */
    public static final int USUAL_DAYS = 30;

    private static final long MIN_BYTES = 1_000_000;

    public KeepPolicy {
        EnumMap<KeepReason, Integer> counts = new EnumMap<>(KeepReason.class);
        perDay.forEach((reason, count) -> {
            if (count < 0 || count > MAX_PER_DAY) {
                throw invalid("%,d %s images per day cannot be kept; give 0 to %,d."
                        .formatted(count, reason.word(), MAX_PER_DAY));
            }
            if (count > 0) {
                counts.put(reason, count);
            }
        });
        if (counts.isEmpty()) {
            throw invalid(
                    "No image would be kept. Give a number per day of random, uncertain or novel images, or end the policy.");
        }
        if (maxBytes < MIN_BYTES) {
            throw invalid("%,d bytes are too few for images; give at least %,d.".formatted(maxBytes, MIN_BYTES));
        }
        if (days < 1 || days > MAX_DAYS) {
            throw invalid("Images cannot be kept for %,d days; give 1 to %,d.".formatted(days, MAX_DAYS));
        }
        perDay = Collections.unmodifiableMap(counts);
    }

    private static FoveaException invalid(String message) {
        return new FoveaException(ErrorCode.ARGUMENT_INVALID, message);
    }

    /** How many images of a reason are kept of a day. */
    public int perDay(KeepReason reason) {
        return perDay.getOrDefault(reason, 0);
    }
}
