package dev.fovea.bench.rollout;

import dev.fovea.bench.BenchReport;
import dev.fovea.rollout.RolloutStart;
import dev.fovea.rollout.evidence.Moments;
import dev.fovea.rollout.experiment.Experiment;
import dev.fovea.rollout.experiment.ExperimentDesign;
import dev.fovea.rollout.experiment.ExperimentMetric;
import dev.fovea.rollout.experiment.ExperimentOutcome;
import dev.fovea.rollout.experiment.ExperimentPlan;
import dev.fovea.rollout.experiment.ExperimentSums;
import dev.fovea.rollout.experiment.Horizon;
import dev.fovea.rollout.experiment.ValueCounts;
import dev.fovea.rollout.experiment.VariantSums;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.WilsonInterval;
import dev.fovea.statistics.sequential.MeanDifferenceSequence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * Drawn experiments, looked at after every 100 units: how often a version is called better although all are equal, how
 * often the effect of interest is shown within the planned number of units, and how often a mismatch of shares is
 * stated that is not there.
 */
public final class ExperimentBench {

    private static final int LOOK = 100;
    private static final int CONTROL = 1;
    private static final double ERROR = 0.05;
    private static final double POWER = 0.8;

    /** How a run ended. */
    private record Run(String decision, int version, long units, boolean isMismatch, boolean isNaivelyShown) {}

    private ExperimentBench() {}

    /** @param arguments number of runs per row, 2,000 by default */
    public static void main(String[] arguments) {
        int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2000;
        BenchReport.machine();
        BenchReport.say("%,d runs per row, a look every %d units, error rate %.0f %%, power %.0f %%"
                .formatted(runs, LOOK, 100 * ERROR, 100 * POWER));
        DrawnFigure yes = DrawnFigure.conversion(0.04, 0.01);
        DrawnFigure rare = DrawnFigure.conversion(0.005, 0.002);
        DrawnFigure revenue = DrawnFigure.revenue();
        SortedMap<Integer, Double> half = new TreeMap<>(Map.of(2, 50.0));
        SortedMap<Integer, Double> three = new TreeMap<>(Map.of(2, 10.0, 3, 10.0));
        BenchReport.say("%nequal: a version is called better".formatted());
        for (DrawnFigure figure : List.of(yes, rare, revenue)) {
            equal(runs, figure, half, false);
            equal(runs, figure, three, false);
            equal(runs, figure, half, true);
        }
        BenchReport.say("%na variant is better by the effect of interest".formatted());
        for (DrawnFigure figure : List.of(yes, rare, revenue)) {
            better(runs, figure, half, false);
            better(runs, figure, half, true);
        }
        better(runs, yes, new TreeMap<>(Map.of(2, 33.33, 3, 33.33)), false);
        BenchReport.say("%nshares: planned 50 and 50".formatted());
        shares(runs, 0.5);
        shares(runs, 0.49);
        shares(runs, 0.45);
    }

    private static void equal(int runs, DrawnFigure figure, SortedMap<Integer, Double> percents, boolean fixed) {
        ExperimentPlan plan = plan(figure, percents);
        long limit = 2 * plan.sequential(POWER);
        Experiment experiment = experiment(figure, percents, fixed ? plan.fixed(POWER) : 0);
        List<Run> results = runs(runs, seed -> run(experiment, figure, 0, limit, seed));
        Interval wrong = share(results, run -> run.decision().equals("better") ? 1 : 0);
        Interval naive = share(results, run -> run.isNaivelyShown() ? 1 : 0);
        line(figure, percents, fixed, wrong, units(results));
        if (!fixed) {
            BenchReport.say("      a test of 5 %% at every look would have: %.1f %%".formatted(100 * naive.value()));
            BenchReport.maximum("  wrong", 100 * wrong.value(), 100 * ERROR, " %");
        }
    }

    private static void better(int runs, DrawnFigure figure, SortedMap<Integer, Double> percents, boolean fixed) {
        ExperimentPlan plan = plan(figure, percents);
        long planned = fixed ? plan.fixed(POWER) : plan.sequential(POWER);
        Experiment experiment = experiment(figure, percents, fixed ? planned : 0);
        List<Run> results = runs(runs, seed -> run(experiment, figure, figure.effect(), 6 * planned, seed));
        long allowed = fixed ? Long.MAX_VALUE : planned;
        Interval shown = share(
                results,
                run -> run.decision().equals("better") && run.version() == 2 && run.units() <= allowed ? 1 : 0);
        Interval wrong = share(results, run -> run.decision().equals("better") && run.version() != 2 ? 1 : 0);
        line(figure, percents, fixed, shown, units(results));
        BenchReport.say("      planned %,d units%s; another version is called better: %.2f %%"
                .formatted(planned, fixed ? "" : ", %,d on average".formatted(plan.mean()), 100 * wrong.value()));
    }

    private static void shares(int runs, double drawn) {
        DrawnFigure figure = DrawnFigure.conversion(0.04, 1e-6);
        Experiment experiment = experiment(figure, new TreeMap<>(Map.of(2, 50.0)), 0);
        List<Run> results = runs(runs, seed -> mismatch(experiment, drawn, 100_000, seed));
        Interval found = share(results, run -> run.isMismatch() ? 1 : 0);
        BenchReport.say("  drawn %.0f and %.0f: mismatch found in %.2f %% (95 %%: %.2f–%.2f), after %,.0f units"
                .formatted(
                        100 * drawn,
                        100 * (1 - drawn),
                        100 * found.value(),
                        100 * found.low(),
                        100 * found.high(),
                        units(results)));
    }

    private static ExperimentPlan plan(DrawnFigure figure, SortedMap<Integer, Double> percents) {
        return new ExperimentPlan(
                experiment(figure, percents, 0).shares(), CONTROL, figure.usual(), figure.effect(), ERROR);
    }

    private static Experiment experiment(DrawnFigure figure, SortedMap<Integer, Double> percents, long units) {
        return Experiment.started(
                "simulated",
                "simulated",
                CONTROL,
                new ExperimentDesign(
                        percents,
                        new ExperimentMetric(
                                "figure", figure.usual().kind(), Optional.empty(), ExperimentMetric.BetterSide.HIGHER),
                        units == 0 ? new Horizon.Sequential() : new Horizon.FixedUnits(units),
                        ERROR,
                        figure.effect(),
                        Duration.ofHours(1),
                        Duration.ofDays(30),
                        false),
                new RolloutStart(Instant.EPOCH, "bench", "", Optional.empty()));
    }

    private static List<Run> runs(int number, IntFunction<Run> run) {
        return IntStream.range(0, number).parallel().mapToObj(run).toList();
    }

    /** Version 2 is better by a difference; the others are like production. */
    private static Run run(Experiment experiment, DrawnFigure figure, double more, long limit, int seed) {
        RandomGenerator random = random(seed);
        Map<Integer, Tally> tallies = new TreeMap<>();
        experiment.shares().keySet().forEach(version -> tallies.put(version, new Tally()));
        List<Integer> versions = List.copyOf(experiment.shares().keySet());
        double[] ends = ends(experiment.shares());
        Experiment current = experiment;
        long units = 0;
        boolean naive = false;
        while (current.state().decision().isEmpty() && units < limit) {
            for (int i = 0; i < LOOK; i++) {
                int version = versions.get(drawn(ends, random.nextDouble()));
                tally(tallies, version).add(figure.draw().value(version == 2 ? more : 0, random));
            }
            units += LOOK;
            ExperimentSums sums = sums(tallies);
            naive = naive || isNaivelyShown(sums);
            current = current.looked(sums, Instant.EPOCH);
        }
        Optional<ExperimentOutcome> outcome = current.state().decision();
        return new Run(
                outcome.map(ExperimentOutcome::label).orElse("none"),
                outcome.map(end -> end instanceof ExperimentOutcome.Better better ? better.version() : 0)
                        .orElse(0),
                units,
                current.mismatch().isPresent(),
                naive);
    }

    /** Whether a usual test of versions 1 and 2 shows a difference at this look. */
    private static boolean isNaivelyShown(ExperimentSums sums) {
        Moments one = sums.of(CONTROL).settled();
        Moments two = sums.of(2).settled();
        if (one.count() < LOOK || two.count() < LOOK) {
            return false;
        }
        double variance = one.variance() / one.count() + two.variance() / two.count();
        return variance > 0
                && !MeanDifferenceSequence.once(two.mean() - one.mean(), variance, ERROR)
                        .contains(0);
    }

    private static Run mismatch(Experiment experiment, double drawn, long limit, int seed) {
        RandomGenerator random = random(seed);
        Experiment current = experiment;
        Map<Integer, Tally> tallies = new TreeMap<>(Map.of(CONTROL, new Tally(), 2, new Tally()));
        long units = 0;
        while (current.mismatch().isEmpty() && units < limit) {
            for (int i = 0; i < LOOK; i++) {
                tally(tallies, random.nextDouble() < drawn ? CONTROL : 2).add(0);
            }
            units += LOOK;
            current = current.looked(sums(tallies), Instant.EPOCH);
        }
        return new Run("none", 0, units, current.mismatch().isPresent(), false);
    }

    private static Tally tally(Map<Integer, Tally> tallies, int version) {
        return Objects.requireNonNull(tallies.get(version));
    }

    /** What was drawn of a version. */
    private static final class Tally {
        private long count;
        private double sum;
        private double squares;
        private long valued;

        void add(double value) {
            count++;
            sum += value;
            squares += value * value;
            valued += value == 0 ? 0 : 1;
        }

        VariantSums sums() {
            return new VariantSums(count, 0, new Moments(count, sum, squares), valued);
        }
    }

    private static ExperimentSums sums(Map<Integer, Tally> tallies) {
        SortedMap<Integer, VariantSums> variants = new TreeMap<>();
        tallies.forEach((version, tally) -> variants.put(version, tally.sums()));
        return new ExperimentSums(variants, ValueCounts.NONE);
    }

    private static double[] ends(SortedMap<Integer, Double> shares) {
        List<Double> ends = new ArrayList<>();
        double end = 0;
        for (double share : shares.values()) {
            end += share / 100;
            ends.add(end);
        }
        return ends.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static int drawn(double[] ends, double uniform) {
        int index = 0;
        while (index < ends.length - 1 && uniform >= ends[index]) {
            index++;
        }
        return index;
    }

    private static RandomGenerator random(int seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static Interval share(List<Run> runs, ToDoubleFunction<Run> counts) {
        return WilsonInterval.of(Math.round(runs.stream().mapToDouble(counts).sum()), runs.size());
    }

    private static double units(List<Run> runs) {
        return runs.stream().mapToLong(Run::units).average().orElse(0);
    }

    private static void line(
            DrawnFigure figure, SortedMap<Integer, Double> percents, boolean fixed, Interval found, double units) {
        BenchReport.say("  %-24s %-20s %-10s %5.2f %% (95 %%: %.2f–%.2f), %,.0f units"
                .formatted(
                        figure.name(),
                        percents,
                        fixed ? "fixed" : "sequential",
                        100 * found.value(),
                        100 * found.low(),
                        100 * found.high(),
                        units));
    }
}
