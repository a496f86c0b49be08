package dev.fovea.runtime.session;

/** The order of queued requests; under load, lower priorities are rejected first. */
public enum Priority {
    HIGH(1.0),
    NORMAL(0.9),
    LOW(0.5);

    private final double share;

    Priority(double share) {
        this.share = share;
    }

    /** The share of the queue that is open to requests of this priority. */
    public double share() {
        return share;
    }

    /**
     * The priority of a level of the Open Inference Protocol.
     *
     * @param level 1 is the highest, 0 the default, which is 2; 3 and above are low
     */
    public static Priority ofLevel(long level) {
        return level == 1 ? HIGH : level == 0 || level == 2 ? NORMAL : LOW;
    }
}
