package dev.fovea.monitoring.objectives.history;

/**
 * What predictions used.
 *
 * @param cpuNanos processor time of the server's process, shared among its models by their busy time
 * @param remoteCalls to remote models
 * @param remoteMicros their cost in millionths of the currency
 */
public record ServiceUse(long cpuNanos, long remoteCalls, long remoteMicros) {

    public static final ServiceUse NONE = new ServiceUse(0, 0, 0);

    ServiceUse plus(ServiceUse other) {
        return new ServiceUse(
                cpuNanos + other.cpuNanos, remoteCalls + other.remoteCalls, remoteMicros + other.remoteMicros);
    }

    /** Its cost in the currency, at a price of one processor for an hour. */
    public double cost(double cpuHourPrice) {
        return ((double) cpuNanos / 3.6e12 * cpuHourPrice) + ((double) remoteMicros / 1e6);
    }
}
