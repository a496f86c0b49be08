package dev.fovea.monitoring.drift.detector;

import dev.fovea.monitoring.sketch.Coordinate;
import dev.fovea.monitoring.sketch.TrafficSketch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes blocks of consecutive minutes: each ends with the first minute at which it has {@value #MIN_IMAGES} images and
 * spans {@value #MIN_MINUTES} minutes. Not thread-safe.
 */
public final class BlockBuilder {

    /** Images of a block at least. */
    public static final int MIN_IMAGES = 25;

    /** Minutes of a block at least, so that a day has at most 144. */
    public static final int MIN_MINUTES = 10;

    private final List<Coordinate> coordinates;
    private @Nullable Instant start;
    private TrafficSketch open;

    public BlockBuilder(List<Coordinate> coordinates) {
        this.coordinates = List.copyOf(coordinates);
        this.open = new TrafficSketch(coordinates);
    }

    /**
     * Takes in the traffic of a minute, merged over servers; minutes come in the order of time.
     *
     * @return the block that it completes
     */
    public Optional<Block> add(TrafficSketch.Timed minute) {
        if (start == null) {
            start = minute.start();
        }
        open.merge(minute.sketch());
        Instant end = minute.start().plus(Duration.ofMinutes(1));
        if (open.images() < MIN_IMAGES || Duration.between(start, end).compareTo(Duration.ofMinutes(MIN_MINUTES)) < 0) {
            return Optional.empty();
        }
        Block block = new Block(start, end, open.images(), open.means());
        open = new TrafficSketch(coordinates);
        start = null;
        return Optional.of(block);
    }

    /** Images that wait for a block to be complete. */
    public long waiting() {
        return open.images();
    }
}
