package dev.fovea.rollout.policy;

import dev.fovea.statistics.Require;
import java.util.Locale;
import java.util.Optional;

/**
 * One condition of a rollout. The candidate is rolled back when it is shown to be worse than production, or than the
 * limit where there is one; it is promoted when it is shown to be worse by less than the margin.
 *
 * @param metric what is watched
 * @param figure the name of the business figure, for {@link GuardMetric#KPI} only
 * @param margin above 0: shares for rates (0.01 is one percentage point), a share of the latency for p99 (0.1 is 10 %),
 *     the figure's unit for business figures
 * @param limit compared with instead of production: a share, or milliseconds for p99
 * @param worse the side on which the candidate is worse
 * @param range of the business figure
 */
public record Guard(
        GuardMetric metric,
        Optional<String> figure,
        double margin,
        Optional<Double> limit,
        Optional<WorseSide> worse,
        Optional<ValueRange> range) {

    public Guard {
        String name = metric.name().toLowerCase(Locale.ROOT);
        Require.that(
                Double.isFinite(margin) && margin > 0,
                "The margin of guard %s is %s; it must be a number above 0: how much worse the candidate may be.",
                name,
                margin);
        boolean kpi = metric == GuardMetric.KPI;
        Require.that(
                kpi == figure.isPresent(),
                kpi
                        ? "Guard %s names no business figure. Give its figure."
                        : "Guard %s takes no figure. Leave it out, or use the metric kpi.",
                name);
        Require.that(kpi || range.isEmpty(), "Guard %s takes no range; only kpi does.", name);
        boolean rate = !kpi && metric != GuardMetric.P99;
        Require.that(
                !rate || margin < 1,
                "The margin of guard %s is %s; it is a share below 1: 0.01 is one percentage point.",
                name,
                margin);
        limit.ifPresent(value -> requireLimit(metric, name, value, margin, worse.orElse(metric.worse())));
        Require.that(
                metric != GuardMetric.AGREEMENT || limit.isPresent(),
                "Guard %s needs a limit, such as 0.95: the share of images with equal predictions.",
                name);
        Require.that(
                worse.isEmpty() || kpi || worse.get() == metric.worse(),
                "Guard %s is worse when it is %s. Leave out the side; only kpi takes one.",
                name,
                metric.worse().name().toLowerCase(Locale.ROOT));
    }

    private static void requireLimit(GuardMetric metric, String name, double limit, double margin, WorseSide worse) {
        switch (metric) {
            case ERRORS, AGREEMENT, ACCURACY -> {
                double end = worse == WorseSide.HIGHER ? limit + margin : limit - margin;
                Require.that(
                        limit > 0 && limit < 1 && end > 0 && end < 1,
                        "The limit of guard %s is %s with a margin of %s; both ends must lie between 0 and 1.",
                        name,
                        limit,
                        margin);
            }
            case P99 ->
                Require.that(
                        Double.isFinite(limit) && limit > 0,
                        "The limit of guard %s is %s; it is a number of milliseconds above 0.",
                        name,
                        limit);
            case CONFIDENCE, KPI ->
                Require.that(false, "Guard %s is compared with production. Leave out its limit of %s.", name, limit);
        }
    }

    /** The side on which the candidate is worse. */
    public WorseSide side() {
        return worse.orElse(metric.worse());
    }

    /** Its name in messages, {@code errors} or {@code kpi:orders}; no two guards of a policy share one. */
    public String name() {
        return metric.name().toLowerCase(Locale.ROOT)
                + figure.map(text -> ":" + text).orElse("");
    }
}
