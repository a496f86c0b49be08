package dev.fovea.api.view;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.json.DurationText;
import dev.fovea.rollout.experiment.ExperimentDesign;
import dev.fovea.rollout.experiment.ExperimentMetric;
import dev.fovea.rollout.experiment.ExperimentPlan;
import dev.fovea.rollout.experiment.Horizon;
import dev.fovea.rollout.policy.ValueRange;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Experiments as they are requested over HTTP. */
public final class ExperimentOrders {

    private ExperimentOrders() {}

    /** An experiment to start. */
    @Schema(name = "ExperimentRequest")
    public record ExperimentOrder(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            List<VariantOrder> variants,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            MetricOrder metric,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Double effect,

            @Nullable Double error,
            @Nullable HorizonOrder horizon,
            @Nullable Boolean promote,
            @Nullable String reason) {

        /** The design; {@code ARGUMENT_INVALID} names what is wrong with it. */
        public ExperimentDesign design() {
            HorizonOrder when = horizon == null ? new HorizonOrder(null, null, null) : horizon;
            return new ExperimentDesign(
                    shares(required("variants", variants)),
                    required("metric", metric).metric(),
                    when.units() == null ? new Horizon.Sequential() : new Horizon.FixedUnits(when.units()),
                    error == null ? ExperimentDesign.USUAL_ERROR : error,
                    required("effect", effect),
                    when.window() == null ? ExperimentDesign.USUAL_WINDOW : duration("horizon.window", when.window()),
                    when.longest() == null
                            ? ExperimentDesign.USUAL_LONGEST
                            : duration("horizon.longest", when.longest()),
                    promote != null && promote);
        }

        private static SortedMap<Integer, Double> shares(List<VariantOrder> variants) {
            double equal = Math.floor(10_000.0 / (variants.size() + 1)) / 100;
            SortedMap<Integer, Double> shares = new TreeMap<>();
            for (VariantOrder variant : variants) {
                int version = required("variants.version", variant.version());
                if (shares.put(version, variant.percent() == null ? equal : variant.percent()) != null) {
                    throw new FoveaException(
                            ErrorCode.ARGUMENT_INVALID,
                            "The field \"variants\" has version %d twice. Leave one out.".formatted(version));
                }
            }
            return shares;
        }
    }

    /**
     * An experiment to plan.
     *
     * @param experiment as it would start; its horizon does not matter
     * @param usual what is known before; what is left out is measured
     */
    @Schema(name = "ExperimentPlanRequest")
    public record ExperimentPlanOrder(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            ExperimentOrder experiment,

            @Nullable UsualOrder usual) {

        /** The design to plan. */
        public ExperimentDesign design() {
            return required("experiment", experiment).design();
        }

        /** What is known. */
        public ExperimentPlan.KnownUsual known() {
            return (usual == null ? new UsualOrder(null, null, null, null, null, null) : usual).known();
        }
    }

    /**
     * What is known before an experiment.
     *
     * @param rate share of units with the figure in production
     * @param mean of a number per unit
     * @param deviation of it, from unit to unit
     * @param perDay units per day
     * @param days how many days back is measured; 7 without it
     * @param power how often the smallest effect of interest shall be shown; 0.8 without it
     */
    @Schema(name = "ExperimentUsualRequest")
    public record UsualOrder(
            @Nullable Double rate,
            @Nullable Double mean,
            @Nullable Double deviation,
            @Nullable Double perDay,
            @Nullable Integer days,
            @Nullable Double power) {

        ExperimentPlan.KnownUsual known() {
            return new ExperimentPlan.KnownUsual(
                    Optional.ofNullable(rate),
                    Optional.ofNullable(mean),
                    Optional.ofNullable(deviation),
                    Optional.ofNullable(perDay),
                    days == null ? ExperimentPlan.KnownUsual.USUAL_DAYS : days,
                    power == null ? ExperimentPlan.KnownUsual.USUAL_POWER : power);
        }
    }

    /**
     * A version beside production.
     *
     * @param percent of the traffic; equal shares without it
     */
    @Schema(name = "ExperimentVariantRequest")
    public record VariantOrder(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Integer version,

            @Nullable Double percent) {}

    /**
     * What is compared.
     *
     * @param kind conversion, which is yes or no per unit and usual, or number
     * @param range of a unit's sum
     * @param better higher, which is usual, or lower
     */
    @Schema(name = "ExperimentMetricRequest")
    public record MetricOrder(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String figure,

            @Nullable String kind,
            @Nullable List<Double> range,
            @Nullable String better) {

        ExperimentMetric metric() {
            return new ExperimentMetric(
                    required("metric.figure", figure),
                    kind == null
                            ? ExperimentMetric.FigureKind.CONVERSION
                            : choice("metric.kind", kind, ExperimentMetric.FigureKind.class),
                    Optional.ofNullable(range).map(MetricOrder::ends),
                    better == null
                            ? ExperimentMetric.BetterSide.HIGHER
                            : choice("metric.better", better, ExperimentMetric.BetterSide.class));
        }

        private static ValueRange ends(List<Double> range) {
            if (range.size() != 2) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "The field \"metric.range\" has %d numbers; give the least and the greatest value."
                                .formatted(range.size()));
            }
            return new ValueRange(range.getFirst(), range.getLast());
        }
    }

    /**
     * When it is analysed.
     *
     * @param units of all versions, after which it is analysed once; at all times without it
     * @param window how long after a unit's first request its values count; 1h without it
     * @param longest after which it ends undecided; 30d without it
     */
    @Schema(name = "ExperimentHorizonRequest")
    public record HorizonOrder(
            @Nullable Long units,
            @Nullable String window,
            @Nullable String longest) {}

    private static <E extends Enum<E>> E choice(String field, String text, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "The field \"%s\" is \"%s\"; give one of %s."
                                .formatted(
                                        field,
                                        Printable.brief(text),
                                        Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT))));
    }

    private static Duration duration(String field, String text) {
        return DurationText.parse(text)
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "The field \"%s\" is \"%s\"; give a duration such as 30m, 2h or 7d."
                                .formatted(field, Printable.brief(text))));
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "The field \"%s\" is missing from the body.".formatted(field));
        }
        return value;
    }
}
