package dev.fovea.api.advice;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.pipeline.advice.Advice;
import dev.fovea.pipeline.advice.AdviceField;
import dev.fovea.pipeline.advice.Criterion;
import dev.fovea.pipeline.advice.PilotResult;
import dev.fovea.pipeline.advice.PilotResult.PilotContender;
import dev.fovea.pipeline.advice.Way;
import dev.fovea.statistics.WilsonInterval;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the API says of ways to a model; field names become snake_case. */
public final class AdviceViews {

    private AdviceViews() {}

    /** What advice is made from. */
    @Schema(name = "AdviceFieldList")
    public record AdviceFieldList(List<AdviceFieldView> fields) {}

    /** A value that advice is made from. */
    @Schema(name = "AdviceField")
    public record AdviceFieldView(
            @Schema(description = "Its name in values, as deadline-days")
            String key,

            @Schema(description = "For people, without a question mark")
            String question,

            @Schema(description = "The value where none is stated")
            String usual,

            @Schema(allowableValues = {"situation", "price", "weight"})
            String group) {

        static AdviceFieldView of(AdviceField field) {
            return new AdviceFieldView(
                    field.key(),
                    field.question(),
                    field.usual(),
                    field.group().name().toLowerCase(Locale.ROOT));
        }
    }

    /** What advice is asked for. */
    @Schema(name = "AdviceRequest")
    public record AdviceOrderView(
            @Schema(
                    description =
                            "Values by name, as {\"images\": \"500\", \"accuracy\": \"0.95\"}; GET /v1/advice lists the names and the defaults of what is not stated")
            Map<String, String> values,

            @Schema(description = "What was measured on one's own images, in place of the rule for accuracy")
            List<MeasuredWayView> measured) {

        public AdviceOrderView {
            values = values == null ? Map.of() : new TreeMap<>(values);
            measured = measured == null ? List.of() : List.copyOf(measured);
        }

        /** The measurements; empty where there are none. */
        Optional<PilotResult> pilot() {
            int images =
                    measured.stream().mapToInt(MeasuredWayView::images).max().orElse(0);
            return measured.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new PilotResult(
                            measured.stream().map(MeasuredWayView::contender).toList(),
                            images,
                            images,
                            Integer.parseInt(AdviceField.CLASSES.usual()),
                            List.of()));
        }
    }

    /** How a way did on one's own images. */
    @Schema(name = "MeasuredWay")
    public record MeasuredWayView(
            @Schema(description = "Such as remote:vision") String name,

            @Schema(allowableValues = {"api", "supplier", "fine-tune", "scratch", "blend"})
            String way,

            @Schema(description = "Images that it was right on")
            int right,

            @Schema(description = "Images that it was judged on")
            int images) {

        PilotContender contender() {
            if (images < 1 || right < 0 || right > images) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "measured: %d of %d images are right; state 1 or more images, and from 0 to that many right ones."
                                .formatted(right, images));
            }
            return new PilotContender(
                    name == null || name.isBlank() ? "the measured one" : name,
                    known(),
                    WilsonInterval.of(right, images),
                    0,
                    Optional.empty(),
                    Optional.empty());
        }

        private Way known() {
            return Stream.of(Way.values())
                    .filter(each -> each.word().equals(way))
                    .findFirst()
                    .orElseThrow(() -> new FoveaException(
                            ErrorCode.ARGUMENT_INVALID,
                            "measured: way is %s; it must be one of %s."
                                    .formatted(
                                            Printable.brief(String.valueOf(way)),
                                            Stream.of(Way.values())
                                                    .map(Way::word)
                                                    .collect(Collectors.joining(", ")))));
        }
    }

    /** Which way to go. */
    @Schema(name = "Advice")
    public record WaysView(
            @Schema(description = "In a sentence") String recommendation,

            @Schema(description = "How to come from the first way to the last, where it pays to begin with another one")
            Optional<String> move,

            @Schema(description = "The best first, those that are ruled out last")
            List<WayView> ways,

            CostsView costs,

            @Schema(description = "How much each criterion counts")
            Map<String, Double> weights) {

        static WaysView of(Advice advice) {
            Map<String, Double> weights = new TreeMap<>();
            advice.weights().forEach((criterion, weight) -> weights.put(criterion.word(), weight));
            return new WaysView(
                    advice.recommendation(),
                    advice.move(),
                    advice.ways().stream().map(WayView::of).toList(),
                    CostsView.of(advice.costs(), advice.situation().volume()),
                    weights);
        }
    }

    /** A way. */
    @Schema(name = "AdvisedWay")
    public record WayView(
            @Schema(allowableValues = {"api", "supplier", "fine-tune", "scratch", "blend"})
            String way,

            String title,

            @Schema(allowableValues = {"buy", "build", "both"})
            String sourcing,

            WayScoreView score,

            @Schema(description = "Days until it answers in production")
            double days,

            @Schema(description = "Why it is not possible; empty where it is")
            List<String> ruledOut,

            @Schema(description = "What was measured") Optional<String> evidence,

            List<String> risks) {

        static WayView of(Advice.RankedWay way) {
            Map<String, Double> scores = new TreeMap<>();
            for (Criterion criterion : Criterion.values()) {
                scores.put(criterion.word(), way.scores().getOrDefault(criterion, 0.0));
            }
            return new WayView(
                    way.way().word(),
                    way.way().title(),
                    way.way().sourcing(),
                    new WayScoreView(way.total(), scores),
                    way.days(),
                    way.ruledOut(),
                    way.evidence(),
                    way.risks());
        }
    }

    /** How good a way is. */
    @Schema(name = "WayScore")
    public record WayScoreView(
            @Schema(description = "The mean of the scores by weight, 0 to 1")
            double total,

            @Schema(description = "0 to 1 by criterion: accuracy, time, cost, control, effort")
            Map<String, Double> byCriterion) {}

    /** Costs of the ways that nothing rules out, in one currency. */
    @Schema(name = "WayCosts")
    public record CostsView(
            int months,

            @Schema(description = "Images in a month") long volume,

            List<WayCostView> byWay,

            @Schema(description = "From which volume and after how many months ways are cheaper than the service")
            List<String> breakEvens) {

        static CostsView of(Advice.CostComparison costs, long volume) {
            return new CostsView(
                    costs.months(),
                    volume,
                    costs.byWay().stream()
                            .map(line -> new WayCostView(
                                    line.way().word(),
                                    line.way().title(),
                                    line.cost().setup(),
                                    line.cost().perMonth(),
                                    line.cost().perThousand(),
                                    line.total(),
                                    line.totalTenfold()))
                            .toList(),
                    costs.breakEvens());
        }
    }

    /** What a way costs. */
    @Schema(name = "WayCost")
    public record WayCostView(
            String way,
            String title,

            @Schema(description = "Once") double setup,

            @Schema(description = "Besides images") double perMonth,

            @Schema(description = "For 1,000 images") double perThousand,

            @Schema(description = "Over the months at the stated volume")
            double total,

            @Schema(description = "The same at ten times the volume")
            double totalTenfold) {}
}
