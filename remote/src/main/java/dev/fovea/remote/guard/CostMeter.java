package dev.fovea.remote.guard;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * Keeps a model's cost within its month's ceiling. Each attempt is recorded <em>before</em> it is sent, so a process
 * that dies in between has counted a call that was never made, and never made one that is not counted. An attempt stays
 * on record unless it is certain that it never reached the service, as when no connection came about: one that timed
 * out, broke, or got an error response counts, although services bill many of those at nothing. The record is thus
 * never below the bill.
 *
 * <p>What costs nothing is counted in memory only.
 */
public final class CostMeter {

    private final String model;
    private final String title;
    private final Budget budget;
    private final CostStore store;
    private final Clock clock;

    /**
     * @param model the name of the cost record
     * @param title its name in messages
     */
    public CostMeter(String model, String title, Budget budget, CostStore store, Clock clock) {
        this.model = model;
        this.title = title;
        this.budget = budget;
        this.store = budget.costsNothing() ? CostStore.inMemory() : store;
        this.clock = clock;
    }

    /**
     * A recorded attempt.
     *
     * @param month in which it was made; it is taken back there, also when the next one has begun
     * @param micros its price
     */
    public record Reservation(YearMonth month, long micros) {}

    /** Records one attempt; {@code REMOTE_SUSPENDED} when it would exceed the ceiling. */
    public Reservation reserve() {
        long price = budget.priceMicros();
        YearMonth month = month();
        store.change(model, month, cost -> {
            if (cost.micros() + price > budget.ceilingMicros()) {
                throw spent(cost);
            }
            return cost.plus(price);
        });
        return new Reservation(month, price);
    }

    /** Removes the record of an attempt that certainly never reached the service. */
    public void release(Reservation reservation) {
        store.change(model, reservation.month(), cost -> cost.minus(reservation.micros()));
    }

    /** The price of one attempt, in the currency. */
    public double price() {
        return budget.priceMicros() / 1e6;
    }

    /** An unreadable record counts as the whole budget, so that nothing more is spent. */
    public MonthlyCost thisMonth() {
        YearMonth month = month();
        try {
            return store.load(model, month);
        } catch (FoveaException e) {
            return new MonthlyCost(month, 0, budget.ceilingMicros());
        }
    }

    private YearMonth month() {
        return YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
    }

    private FoveaException spent(MonthlyCost cost) {
        return new FoveaException(
                ErrorCode.REMOTE_SUSPENDED,
                ("%s has spent its budget: %,d calls cost %s in %s, at %s a call and a ceiling of %s. "
                                + "Raise monthly_ceiling, or wait for %s, UTC.")
                        .formatted(
                                title,
                                cost.calls(),
                                money(cost.micros()),
                                cost.month(),
                                money(budget.priceMicros()),
                                money(budget.ceilingMicros()),
                                cost.month().plusMonths(1)));
    }

    private String money(long micros) {
        String amount = BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString();
        return "%s %s".formatted(amount, budget.currency()).strip();
    }
}
