package dev.fovea.monitoring.objectives;

import dev.fovea.monitoring.objectives.history.ServiceCounts;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** How fast the error budget of a model's objective burns now, over all windows. */
public final class ObjectiveBurn {

    /** With fewer bad requests in the longer window no alert is raised: a few may be an accident of a quiet hour. */
    public static final int LEAST_BAD = 10;

    private final String model;
    private final Objective objective;
    private final Map<BurnWindow, BudgetUse> windows = new EnumMap<>(BurnWindow.class);
    private final Optional<Double> budgetLeft;

    private ObjectiveBurn(String model, Objective objective, Optional<Double> budgetLeft) {
        this.model = model;
        this.objective = objective;
        this.budgetLeft = budgetLeft;
    }

    /** Of an objective that is counted from requests. */
    static ObjectiveBurn of(
            String model, Objective objective, ServiceObjectives objectives, RecentSlots recent, ServiceCounts month) {
        ObjectiveBurn burn = new ObjectiveBurn(
                model,
                objective,
                CountedObjectives.present(
                        BudgetUse.of(objective, objectives, month).left()));
        for (BurnWindow window : BurnWindow.values()) {
            burn.windows.put(window, recent.use(objective, objectives, window));
        }
        return burn;
    }

    public String model() {
        return model;
    }

    public Objective objective() {
        return objective;
    }

    /** The part of the month's error budget that is left; empty without requests. */
    public Optional<Double> budgetLeft() {
        return budgetLeft;
    }

    /** How many times faster than allowed the budget is used in a window; empty without requests. */
    public Optional<Double> rate(BurnWindow window) {
        return CountedObjectives.present(use(window).rate());
    }

    /** Bad requests in a window; empty for a cost. */
    public Optional<Double> bad(BurnWindow window) {
        return objective.indicator() == Indicator.COST
                ? Optional.empty()
                : Optional.of(use(window).used());
    }

    /** The fastest pair of windows over which the budget burns too fast. A cost alone never pages. */
    public Optional<BurnPair> burning() {
        return Arrays.stream(BurnPair.values())
                .filter(pair -> objective.indicator() != Indicator.COST || !pair.pages())
                .filter(pair -> isAbove(pair.longer(), pair) && isAbove(pair.shorter(), pair))
                .filter(pair -> bad(pair.longer())
                        .map(bad -> bad >= LEAST_BAD)
                        .orElseGet(() -> use(pair.longer()).enough()))
                .findFirst();
    }

    private boolean isAbove(BurnWindow window, BurnPair pair) {
        return use(window).rate() > pair.rate();
    }

    private BudgetUse use(BurnWindow window) {
        return Objects.requireNonNull(windows.get(window));
    }
}
