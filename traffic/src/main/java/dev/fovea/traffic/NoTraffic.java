package dev.fovea.traffic;

import java.util.List;

/** Answers of a log that is off. */
final class NoTraffic {

    static final TrafficQueries QUERIES = new TrafficQueries() {
        @Override
        public TrafficTally tally(TrafficFilter filter) {
            return new TrafficTally();
        }

        @Override
        public List<LoggedPrediction> newest(TrafficFilter filter, int limit, int skip) {
            return List.of();
        }

        @Override
        public List<LoggedPrediction> ofRequest(TrafficFilter filter, String requestId) {
            return List.of();
        }

        @Override
        public void close() {}
    };

    private NoTraffic() {}
}
