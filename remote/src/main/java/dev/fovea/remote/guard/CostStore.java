package dev.fovea.remote.guard;

import java.time.YearMonth;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The store of costs, shared by all processes. Every failure is {@code STORAGE_FAILED}. */
public interface CostStore {

    /** A model's cost in a month; {@link MonthlyCost#none} without a record. */
    MonthlyCost load(String model, YearMonth month);

    /**
     * Replaces a model's cost in a month by the result of the step, and returns it. Steps on one month run one after
     * the other, in all processes; when this returns the change is durable, and when the step throws nothing has
     * happened. A step may run more than once and must not use this store.
     */
    MonthlyCost change(String model, YearMonth month, UnaryOperator<MonthlyCost> step);

    /** In memory, for what costs nothing and for tests. */
    static CostStore inMemory() {
        record CostKey(String model, YearMonth month) {}
        ConcurrentHashMap<CostKey, MonthlyCost> costs = new ConcurrentHashMap<>();
        return new CostStore() {
            @Override
            public MonthlyCost load(String model, YearMonth month) {
                return costs.getOrDefault(new CostKey(model, month), MonthlyCost.none(month));
            }

            @Override
            public MonthlyCost change(String model, YearMonth month, UnaryOperator<MonthlyCost> step) {
                return costs.compute(
                        new CostKey(model, month),
                        (key, cost) -> step.apply(cost == null ? MonthlyCost.none(month) : cost));
            }
        };
    }
}
