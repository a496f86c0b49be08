package dev.fovea.labels.queue;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.time.Duration;
import java.util.List;

/**
 * Images that an annotator wants.
 *
 * @param annotator who; without surrounding space
 * @param count 1 to {@value #MOST}
 * @param time how long; a page that is open renews its leases, so that those of a closed one end soon
 * @param alike whether the images are to look like the first of them
 * @param ended leases that end before, such as those of a page that was closed
 */
public record LeaseWish(String annotator, int count, Duration time, boolean alike, List<String> ended) {

    /** Images that one request may lease. */
    public static final int MOST = 100;

    /** How long a lease lasts where nothing is stated. */
    public static final Duration USUAL = Duration.ofMinutes(10);

    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofHours(1);

    public LeaseWish {
        annotator = Annotators.requirePerson(annotator);
        ended = List.copyOf(ended);
        if (count < 1 || count > MOST) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "\"count\" is %d; it must be from 1 to %d.".formatted(count, MOST));
        }
        requireTime(time);
    }

    /** Any images, for the usual time. */
    public static LeaseWish of(String annotator, int count) {
        return new LeaseWish(annotator, count, USUAL, false, List.of());
    }

    /** The time of a lease; {@code ARGUMENT_INVALID} when it is too short or too long. */
    public static Duration requireTime(Duration time) {
        if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"seconds\" is %d; it must be from %d to %d."
                            .formatted(time.toSeconds(), SHORTEST.toSeconds(), LONGEST.toSeconds()));
        }
        return time;
    }
}
