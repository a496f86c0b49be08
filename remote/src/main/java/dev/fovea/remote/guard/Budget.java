package dev.fovea.remote.guard;

import dev.fovea.remote.provider.ConfigurationCheck;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a call costs and what a calendar month (UTC) may cost. Amounts are counted in millionths of the currency, the
 * price rounded up and the ceiling down.
 *
 * @param pricePerCall of one attempt that reaches the service; 0 for your own server
 * @param monthlyCeiling calls that would exceed it are not made
 * @param currency as messages show it, as USD
 */
public record Budget(double pricePerCall, double monthlyCeiling, String currency) {

    private static final double MAX = 1e12;

    public Budget {
        amount(pricePerCall, "price_per_call");
        amount(monthlyCeiling, "monthly_ceiling");
    }

    /** For a server whose calls cost nothing. */
    public static Budget free() {
        return new Budget(0, 0, "");
    }

    boolean costsNothing() {
        return pricePerCall == 0;
    }

    public long priceMicros() {
        return micros(pricePerCall, RoundingMode.CEILING);
    }

    public long ceilingMicros() {
        return micros(monthlyCeiling, RoundingMode.FLOOR);
    }

    /** By the decimal number that the double stands for: 0.0015 is 1,500 millionths and not one more. */
    private static long micros(double amount, RoundingMode rounding) {
        return BigDecimal.valueOf(amount)
                .movePointRight(6)
                .setScale(0, rounding)
                .longValueExact();
    }

    private static void amount(double amount, String name) {
        ConfigurationCheck.configured(amount >= 0 && amount <= MAX, "%s is %s; it must be 0 to 1e12.", name, amount);
    }
}
