package dev.fovea.traffic;

import java.util.List;

/** Questions to the prediction log. Any thread may ask. */
public interface TrafficQueries extends AutoCloseable {

    /**
     * The figures of a model's traffic by version and hour. Without a filter by label, client or tags no rows are read,
     * and the hour in which the time begins is whole. With one, hours of a day may be together where they are
     * {@linkplain TrafficFilter#stretchHours shown} by day.
     *
     * @throws dev.fovea.fault.FoveaException {@code STORAGE_FAILED}, {@code STORAGE_UNAVAILABLE}
     */
    TrafficTally tally(TrafficFilter filter);

    /**
     * Rows, the newest first, those without a version too.
     *
     * @param limit how many at most
     * @param skip how many to leave out
     */
    List<LoggedPrediction> newest(TrafficFilter filter, int limit, int skip);

    /**
     * The rows of a request.
     *
     * @param filter of the model that predicted
     */
    List<LoggedPrediction> ofRequest(TrafficFilter filter, String requestId);

    @Override
    void close();
}
