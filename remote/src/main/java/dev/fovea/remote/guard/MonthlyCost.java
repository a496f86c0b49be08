package dev.fovea.remote.guard;

import java.time.YearMonth;

/**
 * What a service has cost in one calendar month, UTC.
 *
 * @param month which
 * @param calls attempts that reached the service, or may have
 * @param micros their cost in millionths of the currency, each at the price of its time
 */
public record MonthlyCost(YearMonth month, long calls, long micros) {

    /** A month without calls. */
    public static MonthlyCost none(YearMonth month) {
        return new MonthlyCost(month, 0, 0);
    }

    /** The cost in the currency. */
    public double amount() {
        return micros / 1e6;
    }

    MonthlyCost plus(long price) {
        return new MonthlyCost(month, calls + 1, micros + price);
    }

    MonthlyCost minus(long price) {
        return new MonthlyCost(month, calls - 1, micros - price);
    }
}
