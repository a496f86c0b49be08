package dev.fovea.api.view;

import dev.fovea.json.DurationText;
import dev.fovea.rollout.experiment.Experiment;
import dev.fovea.rollout.experiment.ExperimentDesign;
import dev.fovea.rollout.experiment.ExperimentMetric;
import dev.fovea.rollout.experiment.ExperimentOutcome;
import dev.fovea.rollout.experiment.ExperimentPlan;
import dev.fovea.rollout.experiment.ExperimentReading;
import dev.fovea.rollout.experiment.ExperimentState;
import dev.fovea.rollout.experiment.ExperimentSums;
import dev.fovea.rollout.experiment.ExperimentText;
import dev.fovea.rollout.experiment.Horizon;
import dev.fovea.rollout.experiment.ValueCounts;
import dev.fovea.rollout.experiment.VariantComparison;
import dev.fovea.rollout.experiment.VariantSums;
import dev.fovea.statistics.Interval;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the API shows of experiments. */
public final class ExperimentViews {

    private ExperimentViews() {}

    /**
     * An experiment.
     *
     * @param control the version in production that variants are compared with
     * @param variants all versions, the control among them
     * @param comparisons of pairs; empty while results are not shown
     * @param values what became of the values of the figure
     */
    @Schema(name = "Experiment")
    public record ExperimentView(
            String id,
            int control,
            RolloutViews.RolloutStartView start,
            ExperimentProgress progress,
            List<VariantView> variants,
            List<ExperimentComparisonView> comparisons,
            ValueCounts values,
            ExperimentDesignView design) {}

    /**
     * Where it is.
     *
     * @param state running, ending or ended
     * @param text the same as a sentence
     * @param horizon the share of a fixed horizon that is reached
     * @param mismatch what is wrong with the shares of units; then there is no verdict
     * @param outcome how it ended
     */
    @Schema(name = "ExperimentProgress")
    public record ExperimentProgress(
            String state,
            String text,
            Optional<Double> horizon,
            Optional<String> mismatch,
            Optional<ExperimentEnd> outcome) {}

    /**
     * How it ended.
     *
     * @param decision better, no-difference, undecided or stopped
     * @param version the better one
     * @param by the person that stopped it
     * @param at when; empty while traffic follows
     */
    @Schema(name = "ExperimentOutcome")
    public record ExperimentEnd(
            String decision, Optional<Integer> version, String reason, Optional<String> by, Optional<String> at) {}

    /**
     * A version in an experiment.
     *
     * @param percent its planned share of the traffic
     * @param units that were exposed to it
     * @param settled units whose window is over; those are compared
     * @param fallbacks requests that went to production because the version was not ready
     * @param mean of the metric per settled unit; empty while results are not shown
     */
    @Schema(name = "ExperimentVariant")
    public record VariantView(
            int version, double percent, long units, long settled, long fallbacks, Optional<Double> mean) {}

    /**
     * Two versions compared.
     *
     * @param difference the mean of the version less that of the other one, per unit
     * @param low lower end of the interval
     * @param high upper end
     */
    @Schema(name = "ExperimentComparison")
    public record ExperimentComparisonView(int version, int against, double difference, double low, double high) {}

    /**
     * What it shall find out.
     *
     * @param units of a fixed horizon; empty for a sequential experiment
     * @param error over all pairs and looks
     */
    @Schema(name = "ExperimentDesign")
    public record ExperimentDesignView(
            MetricView metric,
            Optional<Long> units,
            double effect,
            double error,
            String window,
            String longest,
            boolean promote) {}

    /**
     * What is compared.
     *
     * @param kind conversion or number
     */
    @Schema(name = "ExperimentMetric")
    public record MetricView(String figure, String kind, Optional<List<Double>> range, String better) {}

    /**
     * How long an experiment takes.
     *
     * @param mean of the figure per unit in production
     * @param perDay units per day; 0 where there were none
     * @param power how often the effect of interest is shown after the units of a test
     * @param tests ways to analyse
     */
    @Schema(name = "ExperimentPlan")
    public record PlanView(double mean, double perDay, double power, List<PlanSizeView> tests) {

        /** The view of an outlook. */
        public static PlanView of(ExperimentPlan.Outlook outlook) {
            return new PlanView(
                    outlook.plan().usual().mean(),
                    outlook.perDay(),
                    outlook.power(),
                    outlook.sizes().stream()
                            .map(size -> new PlanSizeView(size.test(), size.units(), size.days()))
                            .toList());
        }
    }

    /**
     * A way to analyse.
     *
     * @param test fixed horizon; sequential, in most cases; or sequential, on average
     * @param units of all versions
     * @param days at this traffic; 0 where there is none
     */
    @Schema(name = "ExperimentPlanSize")
    public record PlanSizeView(String test, long units, double days) {}

    /** Experiments, newest first. */
    @Schema(name = "ExperimentPage")
    public record ExperimentPage(List<ExperimentView> experiments) {}

    /** An experiment with what was counted. */
    public static ExperimentView of(Experiment experiment, ExperimentSums sums) {
        ExperimentReading reading = ExperimentReading.of(experiment, sums);
        return new ExperimentView(
                experiment.id(),
                experiment.control(),
                new RolloutViews.RolloutStartView(
                        experiment.start().at().toString(),
                        experiment.start().who(),
                        experiment.start().reason()),
                progress(experiment, sums),
                experiment.shares().entrySet().stream()
                        .map(share -> variant(share, sums, reading))
                        .toList(),
                reading.comparisons().stream().map(ExperimentViews::comparison).toList(),
                sums.values(),
                design(experiment.design()));
    }

    private static VariantView variant(
            Map.Entry<Integer, Double> share, ExperimentSums sums, ExperimentReading reading) {
        VariantSums counted = sums.of(share.getKey());
        return new VariantView(
                share.getKey(),
                share.getValue(),
                counted.units(),
                counted.settled().count(),
                counted.fallbacks(),
                reading.mean(sums, share.getKey()));
    }

    private static ExperimentComparisonView comparison(VariantComparison pair) {
        Interval difference = pair.difference();
        return new ExperimentComparisonView(
                pair.first(), pair.second(), difference.value(), difference.low(), difference.high());
    }

    private static ExperimentProgress progress(Experiment experiment, ExperimentSums sums) {
        return new ExperimentProgress(
                switch (experiment.state()) {
                    case ExperimentState.Sharing() -> "running";
                    case ExperimentState.Closing ignored -> "ending";
                    case ExperimentState.Closed ignored -> "ended";
                },
                ExperimentText.state(experiment, sums),
                ExperimentReading.progress(experiment, sums),
                experiment.mismatch().map(found -> found.text(experiment.shares(), sums)),
                outcome(experiment.state()));
    }

    private static Optional<ExperimentEnd> outcome(ExperimentState state) {
        return switch (state) {
            case ExperimentState.Sharing() -> Optional.empty();
            case ExperimentState.Closing(ExperimentOutcome outcome) -> Optional.of(end(outcome, Optional.empty()));
            case ExperimentState.Closed(ExperimentOutcome outcome, Instant at) ->
                Optional.of(end(outcome, Optional.of(at.toString())));
        };
    }

    private static ExperimentEnd end(ExperimentOutcome outcome, Optional<String> at) {
        Optional<Integer> version = outcome instanceof ExperimentOutcome.Better(int better, String ignored)
                ? Optional.of(better)
                : Optional.empty();
        Optional<String> by = outcome instanceof ExperimentOutcome.Stopped(String who, String ignored)
                ? Optional.of(who)
                : Optional.empty();
        return new ExperimentEnd(outcome.label(), version, outcome.reason(), by, at);
    }

    private static ExperimentDesignView design(ExperimentDesign design) {
        ExperimentMetric metric = design.metric();
        return new ExperimentDesignView(
                new MetricView(
                        metric.figure(),
                        metric.kind().name().toLowerCase(Locale.ROOT),
                        metric.range().map(range -> List.of(range.low(), range.high())),
                        metric.better().name().toLowerCase(Locale.ROOT)),
                design.horizon() instanceof Horizon.FixedUnits(long units) ? Optional.of(units) : Optional.empty(),
                design.effect(),
                design.error(),
                DurationText.of(design.window()),
                DurationText.of(design.longest()),
                design.promote());
    }
}
