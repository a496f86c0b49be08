package dev.fovea.pipeline.advice;

import dev.fovea.pipeline.advice.Advice.CostComparison;
import dev.fovea.pipeline.advice.Advice.CostLine;
import dev.fovea.pipeline.advice.Advice.RankedWay;
import dev.fovea.pipeline.advice.PilotResult.PilotContender;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Compares the ways by rules that {@link WayFacts} and {@link WayCost} state. A pilot replaces the rule for accuracy.
 * Pure: the same order gives the same advice.
 */
public final class Advisor {

    private static final double TENFOLD = 10;

    private Advisor() {}

    /** The advice. */
    public static Advice of(AdviceOrder order) {
        Map<Way, WayCost> costs = new EnumMap<>(Way.class);
        for (Way way : Way.values()) {
            costs.put(way, WayCost.of(way, order.situation(), order.prices()));
        }
        List<RankedWay> ways = Stream.of(Way.values())
                .map(way -> ranked(way, order, costs))
                .sorted(Comparator.comparing(RankedWay::isOpen)
                        .reversed()
                        .thenComparing(
                                Comparator.comparingDouble(RankedWay::total).reversed())
                        .thenComparing(RankedWay::way))
                .toList();
        return new Advice(
                recommendation(ways),
                ways,
                move(ways),
                comparison(ways, order, costs),
                order.weights(),
                order.prices(),
                order.pilot(),
                order.situation());
    }

    private static RankedWay ranked(Way way, AdviceOrder order, Map<Way, WayCost> costs) {
        Situation situation = order.situation();
        Optional<PilotContender> measured = order.pilot().flatMap(pilot -> pilot.best(way));
        Map<Criterion, Double> scores = new EnumMap<>(Criterion.class);
        double sum = 0;
        double weights = 0;
        for (Criterion criterion : Criterion.values()) {
            double score = switch (criterion) {
                case COST -> cost(way, order, costs);
                case ACCURACY ->
                    measured.map(contender -> accuracy(contender, situation))
                            .orElseGet(() -> WayFacts.score(criterion, way, situation));
                case TIME, CONTROL, EFFORT -> WayFacts.score(criterion, way, situation);
            };
            double weight = order.weights().getOrDefault(criterion, 0.0);
            scores.put(criterion, score);
            sum += weight * score;
            weights += weight;
        }
        List<String> ruledOut = new ArrayList<>(WayFacts.ruledOut(way, situation));
        List<String> risks = new ArrayList<>(WayFacts.risks(way, situation));
        measured.filter(contender -> contender.accuracy().high() < situation.accuracy())
                .map(contender -> "Measured, %s is surely below the %.1f %% that are needed: %s."
                        .formatted(contender.name(), 100 * situation.accuracy(), shown(contender)))
                .ifPresent(reason -> {
                    if (way == Way.API) {
                        ruledOut.add(reason);
                    } else {
                        risks.add(reason + " Say why with fovea diagnose.");
                    }
                });
        return new RankedWay(
                way,
                sum / weights,
                scores,
                ruledOut,
                WayFacts.calendarDays(way, situation),
                measured.map(contender -> "%s: %s.".formatted(contender.name(), shown(contender))),
                risks);
    }

    /** 1 where the accuracy is reached, falling to 0 where errors are three times as many as are allowed. */
    private static double accuracy(PilotContender contender, Situation situation) {
        double errors = 1 - contender.accuracy().value();
        double allowed = 1 - situation.accuracy();
        return Math.clamp(1.5 - errors / (2 * allowed), 0, 1);
    }

    private static String shown(PilotContender contender) {
        return String.format(
                Locale.ROOT,
                "%.1f %% right (%.1f–%.1f %%)",
                100 * contender.accuracy().value(),
                100 * contender.accuracy().low(),
                100 * contender.accuracy().high());
    }

    /** The cost of the cheapest way that the rules leave open as a share of this one's. */
    private static double cost(Way way, AdviceOrder order, Map<Way, WayCost> costs) {
        double least = costs.entrySet().stream()
                .filter(each -> each.getKey() == way
                        || WayFacts.ruledOut(each.getKey(), order.situation()).isEmpty())
                .mapToDouble(each -> total(each.getValue(), order))
                .min()
                .orElse(0);
        double own = total(costs.getOrDefault(way, new WayCost(0, 0, 0)), order);
        return own <= 0 ? 1 : least / own;
    }

    private static double total(WayCost cost, AdviceOrder order) {
        return cost.total(order.months(), (double) order.situation().volume());
    }

    private static String recommendation(List<RankedWay> ways) {
        RankedWay first = ways.getFirst();
        if (!first.isOpen()) {
            return "Every way is ruled out as things are. The nearest is %s: %s"
                    .formatted(first.way().title(), String.join(" ", first.ruledOut()));
        }
        List<RankedWay> open = ways.stream().filter(RankedWay::isOpen).toList();
        return open.size() == 1
                ? "%s: all other ways are ruled out."
                        .formatted(upper(first.way().title()))
                : "%s (%.2f of 1), before %s (%.2f)."
                        .formatted(
                                upper(first.way().title()),
                                first.total(),
                                open.get(1).way().title(),
                                open.get(1).total());
    }

    private static String upper(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** An API first where it is open and sooner, and an own model is open or only lacks labels or time. */
    private static Optional<String> move(List<RankedWay> ways) {
        RankedWay api = way(ways, Way.API);
        RankedWay own = way(ways, Way.FINE_TUNE);
        if (!api.isOpen() || api.days() >= own.days()) {
            return Optional.empty();
        }
        return Optional.of(
                "Begin with the service behind Fovea's interface (%.0f days), keep images and its responses as pre-fills for labels, train an own model and run it in shadow, and let it take over when it wins (how-to \"Which way at all?\")."
                        .formatted(api.days()));
    }

    private static RankedWay way(List<RankedWay> ways, Way wanted) {
        return ways.stream().filter(each -> each.way() == wanted).findFirst().orElseThrow();
    }

    private static CostComparison comparison(List<RankedWay> ways, AdviceOrder order, Map<Way, WayCost> costs) {
        List<RankedWay> open = ways.stream().filter(RankedWay::isOpen).toList();
        List<CostLine> lines = open.stream()
                .map(each -> {
                    WayCost cost = costs.getOrDefault(each.way(), new WayCost(0, 0, 0));
                    return new CostLine(
                            each.way(),
                            cost,
                            total(cost, order),
                            cost.total(
                                    order.months(), TENFOLD * order.situation().volume()));
                })
                .toList();
        List<String> breakEvens = new ArrayList<>();
        WayCost api = costs.getOrDefault(Way.API, new WayCost(0, 0, 0));
        for (Way own : List.of(Way.FINE_TUNE, Way.BLEND, Way.SUPPLIER)) {
            breakEvens.add(breakEven(own, costs.getOrDefault(own, api), api, order));
        }
        return new CostComparison(order.months(), lines, breakEvens);
    }

    private static String breakEven(Way own, WayCost cost, WayCost api, AdviceOrder order) {
        long volume = order.situation().volume();
        OptionalDouble from = cost.cheaperFrom(api, order.months());
        OptionalDouble after = cost.cheaperAfter(api, (double) volume);
        return String.format(
                Locale.ROOT,
                "%s is cheaper than the service %s over %d months; at %,d images a month %s.",
                upper(own.title()),
                from.isPresent()
                        ? String.format(Locale.ROOT, "from %,.0f images a month", Math.ceil(from.getAsDouble()))
                        : "at no volume",
                order.months(),
                volume,
                after.isPresent() ? String.format(Locale.ROOT, "after %.1f months", after.getAsDouble()) : "never");
    }
}
