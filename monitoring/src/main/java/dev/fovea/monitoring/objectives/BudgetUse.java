package dev.fovea.monitoring.objectives;

import dev.fovea.monitoring.objectives.history.ServiceCounts;
import java.time.Duration;

/**
 * How much of an error budget some requests used. For cost it is money, otherwise a number of requests.
 *
 * @param used the bad requests, or the cost; NaN for a cost whose price is not stated
 * @param allowed by the objective for as many requests
 * @param value of the indicator, in its unit; NaN without requests
 * @param enough whether there are enough requests for a verdict: at least one may be bad, or two are; 1,000 for a cost
 */
record BudgetUse(double used, double allowed, double value, boolean enough) {

    private static final double MILLION = 1e6;
    private static final int COST_OF = 1000;

    /** So many bad requests are no accident, however few requests there are. */
    private static final int FEW = 2;

    private static final double PERCENT = 100;

    /** Products of shares and counts are a little off. */
    private static final double ROUNDING = 1 + 1e-9;

    /** What requests used of a counted objective's budget. */
    static BudgetUse of(Objective objective, ServiceObjectives objectives, ServiceCounts counts) {
        return switch (objective.indicator()) {
            case AVAILABILITY -> {
                double bad = Math.max(0, (double) counts.failures());
                yield bad(objective, bad, counts.served(), PERCENT * (1 - share(bad, counts.served())));
            }
            case ERROR_RATE -> {
                double bad = Math.max(0, (double) (counts.failures() + counts.rejected()));
                yield bad(objective, bad, counts.requests(), PERCENT * share(bad, counts.requests()));
            }
            case P95 -> slow(objective, counts, 0.95);
            case P99 -> slow(objective, counts, 0.99);
            case COST -> {
                double cost = counts.use().cost(objectives.price());
                double answers = (double) counts.answers();
                double allowed = objective.target() / COST_OF * answers;
                // without a price more than the remote calls is not known
                yield objectives.knowsCost(counts.use()) || cost > allowed * ROUNDING
                        ? new BudgetUse(
                                cost, allowed, answers == 0 ? Double.NaN : cost / answers * COST_OF, answers >= COST_OF)
                        : new BudgetUse(Double.NaN, allowed, Double.NaN, false);
            }
            case ACCURACY, PRECISION, RECALL ->
                throw new IllegalArgumentException("%s is not counted from requests".formatted(objective.indicator()));
        };
    }

    private static BudgetUse slow(Objective objective, ServiceCounts counts, double quantile) {
        Duration limit = Duration.ofNanos(Math.round(objective.target() * MILLION));
        double value = counts.latencies()
                .quantile(quantile)
                .map(time -> (double) time.toNanos() / MILLION)
                .orElse(Double.NaN);
        return bad(objective, counts.latencies().above(limit), counts.answers(), value);
    }

    private static BudgetUse bad(Objective objective, double bad, long all, double value) {
        double allowed = objective.allowedShare().orElseThrow() * (double) all;
        return new BudgetUse(bad, allowed, all == 0 ? Double.NaN : value, allowed >= 1 || bad >= FEW);
    }

    private static double share(double part, long all) {
        return all == 0 ? 0 : part / (double) all;
    }

    /** The part of the budget that is left; below 0 when more is used. NaN without requests. */
    double left() {
        return 1 - rate();
    }

    /** How many times faster than allowed the budget is used; 1 uses it up exactly. NaN without requests. */
    double rate() {
        return allowed == 0 ? Double.NaN : used / allowed;
    }

    ObjectiveVerdict verdict() {
        return !enough
                ? ObjectiveVerdict.NOT_ENOUGH_DATA
                : used > allowed * ROUNDING ? ObjectiveVerdict.MISSED : ObjectiveVerdict.MET;
    }
}
