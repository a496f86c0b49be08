package dev.fovea.traffic;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The prediction log: a row for each prediction of an image. Any thread may read; one thread appends.
 *
 * <p>What is appended survives the end of the process at once, and a power cut when the system has written it.
 */
public interface TrafficLog extends AutoCloseable {

    /** A log that keeps nothing. */
    TrafficLog NONE = new TrafficLog() {
        @Override
        public void append(List<LoggedPrediction> rows) {}

        @Override
        public Stream<LoggedPrediction> read(String model, Instant from, Instant to) {
            return Stream.empty();
        }

        @Override
        public TrafficQueries queries() {
            return NoTraffic.QUERIES;
        }

        @Override
        public TrafficLogStatus status() {
            return TrafficLogStatus.OFF;
        }

        @Override
        public void close() {}
    };

    /** Keeps rows. Never throws: rows that cannot be kept are counted in the {@link #status}. */
    void append(List<LoggedPrediction> rows);

    /**
     * The rows of a model's versions in the order of their times; a row without a version is left out. The caller
     * closes the stream.
     *
     * @param from the first time
     * @param to the time after the last
     * @throws dev.fovea.fault.FoveaException {@code STORAGE_FAILED}, {@code STORAGE_UNAVAILABLE}; also while the stream
     *     is read
     */
    Stream<LoggedPrediction> read(String model, Instant from, Instant to);

    /** Questions to it; usable until it is closed. */
    TrafficQueries queries();

    /** What was kept and lost since the start, and what keeps it from working. */
    TrafficLogStatus status();

    /** Stops; what was appended stays. */
    @Override
    void close();
}
