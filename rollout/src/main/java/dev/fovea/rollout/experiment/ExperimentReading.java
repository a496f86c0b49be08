package dev.fovea.rollout.experiment;

import dev.fovea.rollout.evidence.Moments;
import dev.fovea.rollout.experiment.ExperimentOutcome.Better;
import dev.fovea.rollout.experiment.ExperimentOutcome.LeftUndecided;
import dev.fovea.rollout.experiment.ExperimentOutcome.NoDifference;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.sequential.MeanDifferenceSequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What the sums of an experiment say. Pure.
 *
 * @param isAnalysed whether results may be seen: at all times in a sequential experiment, and at the horizon in one
 *     with a fixed horizon; never after a mismatch of shares
 * @param comparisons of all pairs, the later version first; empty while they are not analysed, and of pairs with too
 *     few units
 */
public record ExperimentReading(boolean isAnalysed, List<VariantComparison> comparisons) {

    /** Units of each version below which nothing is compared in a sequential experiment. */
    private static final long LEAST_UNITS = 100;

    /** Units with a value, of both versions together, below which nothing is compared in a sequential experiment. */
    private static final long LEAST_VALUED = 20;

    public ExperimentReading {
        comparisons = List.copyOf(comparisons);
    }

    /** Of sums so far. */
    public static ExperimentReading of(Experiment experiment, ExperimentSums sums) {
        boolean analysed = experiment.mismatch().isEmpty()
                && switch (experiment.design().horizon()) {
                    case Horizon.Sequential() -> true;
                    case Horizon.FixedUnits(long units) -> isReached(experiment.shares(), sums, units);
                };
        if (!analysed) {
            return new ExperimentReading(false, List.of());
        }
        List<VariantComparison> comparisons = new ArrayList<>();
        List<Integer> versions = List.copyOf(experiment.shares().keySet());
        for (int first = 1; first < versions.size(); first++) {
            for (int second = 0; second < first; second++) {
                compared(experiment.design(), sums, versions.get(first), versions.get(second))
                        .ifPresent(comparisons::add);
            }
        }
        return new ExperimentReading(true, comparisons);
    }

    private static boolean isReached(SortedMap<Integer, Double> shares, ExperimentSums sums, long units) {
        return shares.entrySet().stream()
                .allMatch(share -> sums.of(share.getKey()).settled().count() >= units * share.getValue() / 100);
    }

    private static Optional<VariantComparison> compared(
            ExperimentDesign design, ExperimentSums sums, int first, int second) {
        Moments one = sums.of(first).settled();
        Moments other = sums.of(second).settled();
        long least = Math.min(one.count(), other.count());
        long valued = sums.of(first).valued() + sums.of(second).valued();
        boolean enough = switch (design.horizon()) {
            case Horizon.FixedUnits ignored -> least >= 2;
            case Horizon.Sequential() -> least >= LEAST_UNITS && valued >= LEAST_VALUED;
        };
        double variance = enough ? one.variance() / one.count() + other.variance() / other.count() : 0;
        if (variance <= 0) {
            return Optional.empty();
        }
        double difference = one.mean() - other.mean();
        Interval interval = switch (design.horizon()) {
            case Horizon.FixedUnits ignored -> MeanDifferenceSequence.once(difference, variance, design.errorOfPair());
            case Horizon.Sequential() ->
                MeanDifferenceSequence.of(difference, variance, design.errorOfPair(), design.effect());
        };
        return Optional.of(
                VariantComparison.of(first, second, interval, design.metric().better()));
    }

    /** A version against another one. */
    public Optional<VariantComparison> of(int version, int other) {
        return comparisons.stream()
                .filter(one -> (one.first() == version && one.second() == other)
                        || (one.first() == other && one.second() == version))
                .map(one -> one.first() == version ? one : one.reversed())
                .findFirst();
    }

    /** What is shown; empty while nothing is. At a fixed horizon it is shown or it is not: then it is undecided. */
    Optional<ExperimentOutcome> decision(Experiment experiment) {
        if (!isAnalysed) {
            return Optional.empty();
        }
        Optional<ExperimentOutcome> shown = shown(experiment);
        return shown.isPresent() || experiment.design().horizon() instanceof Horizon.Sequential
                ? shown
                : Optional.of(undecided(experiment));
    }

    private Optional<ExperimentOutcome> shown(Experiment experiment) {
        List<Integer> variants = List.copyOf(experiment.design().percents().keySet());
        List<VariantComparison> gains = variants.stream()
                .flatMap(variant -> of(variant, experiment.control()).stream())
                .toList();
        Optional<ExperimentOutcome> better = gains.stream()
                .filter(gain -> gain.gain().low() > 0)
                .sorted(Comparator.comparingDouble(
                        (VariantComparison gain) -> -gain.gain().value()))
                .filter(gain -> isUnbeaten(gain.first(), variants, experiment.design()))
                .findFirst()
                .map(gain -> new Better(gain.first(), sentence(gain, experiment.design())));
        if (better.isPresent() || gains.size() < variants.size()) {
            return better;
        }
        VariantComparison best = gains.stream()
                .max(Comparator.comparingDouble(gain -> gain.gain().high()))
                .orElseThrow();
        if (best.gain().high() < 0) {
            return Optional.of(new Better(experiment.control(), sentence(best.reversed(), experiment.design())));
        }
        return best.gain().high() < experiment.design().effect()
                ? Optional.of(new NoDifference("no version is better than version %d by %s: %s"
                        .formatted(
                                experiment.control(),
                                ExperimentText.number(experiment.design().effect()),
                                sentence(best, experiment.design()))))
                : Optional.empty();
    }

    /** Whether no other variant is better by the effect of interest. */
    private boolean isUnbeaten(int version, List<Integer> variants, ExperimentDesign design) {
        return variants.stream()
                .filter(other -> other != version)
                .allMatch(other -> of(version, other)
                        .filter(one -> one.gain().low() > -design.effect())
                        .isPresent());
    }

    /** Why nothing is shown. */
    ExperimentOutcome undecided(Experiment experiment) {
        if (experiment.mismatch().isPresent()) {
            return new LeftUndecided("the units did not fall to versions as planned, so that no verdict is given");
        }
        if (!isAnalysed) {
            return new LeftUndecided("the horizon was not reached in the longest time");
        }
        String found = experiment.design().percents().keySet().stream()
                .flatMap(variant -> of(variant, experiment.control()).stream())
                .map(gain -> sentence(gain, experiment.design()))
                .reduce((first, second) -> first + "; " + second)
                .orElse("there are too few units with a value");
        return new LeftUndecided("neither a difference nor its absence is shown: " + found);
    }

    private static String sentence(VariantComparison pair, ExperimentDesign design) {
        return "%s of version %d less that of version %d is %s (%s to %s)"
                .formatted(
                        design.metric().figure(),
                        pair.first(),
                        pair.second(),
                        ExperimentText.number(pair.difference().value()),
                        ExperimentText.number(pair.difference().low()),
                        ExperimentText.number(pair.difference().high()));
    }

    /** The mean of each version, where results may be seen. */
    public Optional<Double> mean(ExperimentSums sums, int version) {
        Moments settled = sums.of(version).settled();
        return isAnalysed && settled.count() > 0 ? Optional.of(settled.mean()) : Optional.empty();
    }

    /** The share of the units of a fixed horizon that each version has at least; empty without one. */
    public static Optional<Double> progress(Experiment experiment, ExperimentSums sums) {
        return switch (experiment.design().horizon()) {
            case Horizon.Sequential() -> Optional.empty();
            case Horizon.FixedUnits(long units) -> {
                double least = 1;
                for (Map.Entry<Integer, Double> share : experiment.shares().entrySet()) {
                    double planned = units * share.getValue() / 100;
                    least = Math.min(least, sums.of(share.getKey()).settled().count() / planned);
                }
                yield Optional.of(least);
            }
        };
    }
}
