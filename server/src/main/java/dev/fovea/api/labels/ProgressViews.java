package dev.fovea.api.labels;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fovea.api.data.Required;
import dev.fovea.api.view.Views.Figure;
import dev.fovea.json.Json;
import dev.fovea.labels.consensus.LabelCapacity;
import dev.fovea.labels.consensus.LabelCapacity.BacklogForecast;
import dev.fovea.labels.consensus.LabelRate;
import dev.fovea.labels.consensus.LabellingProgress;
import dev.fovea.labels.consensus.LabellingProgress.ClassProgress;
import dev.fovea.labels.consensus.PrefillReport;
import dev.fovea.labels.queue.LabelNeed;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** What the API shows of how labelling goes on; field names become snake_case. */
public final class ProgressViews {

    private ProgressViews() {}

    /** How far the labelling has come. */
    @Schema(name = "LabellingProgress")
    public record ProgressView(
            CapacityView capacity,
            List<PersonView> annotators,
            List<ClassProgressView> perClass,

            @Schema(description = "Images that are to be labelled")
            long backlog,

            PrefillReportView prefills) {

        static ProgressView of(LabellingProgress progress) {
            return new ProgressView(
                    CapacityView.of(progress.capacity()),
                    progress.people().stream().map(PersonView::of).toList(),
                    ClassProgressView.of(progress.classes()),
                    progress.backlog(),
                    PrefillReportView.of(progress.prefills()));
        }
    }

    /** Labels made against labels needed. */
    @Schema(name = "LabelCapacity")
    public record CapacityView(
            @Schema(description = "When the backlog is done, and what more people would change")
            String verdict,

            RateView made,

            @Schema(description = "Labels per day that the models need")
            double neededPerDay,

            @Schema(
                    allowableValues = {"declared", "arriving"},
                    description =
                            "declared: by PUT …/labelling/need; arriving: median of the images added per day, by intake_share and per_image")
            String neededBy,

            @Schema(description = "Labels that are missing") long backlogLabels,

            @Schema(description = "People who labelled in these days")
            int people,

            @Schema(
                    description =
                            "When the backlog is done; null when it never is at this rate, and when made.per_day is")
            Optional<ForecastView> forecast) {

        static CapacityView of(LabelCapacity capacity) {
            return new CapacityView(
                    capacity.verdict(),
                    RateView.of(capacity.rate()),
                    capacity.neededPerDay(),
                    Json.word(capacity.need()),
                    capacity.backlog(),
                    capacity.people(),
                    capacity.forecast().map(ForecastView::of));
        }
    }

    /** How fast people label. */
    @Schema(name = "LabelRate")
    public record RateView(
            @Schema(
                    description =
                            "Mean of the last 7 days, or fewer since the first label; null with labels on 1 or 2 of these days, which say too little about a day")
            Optional<Double> perDay,

            @Schema(description = "Of per_day, 95 %; null where per_day is, and with one day")
            Optional<Figure> interval,

            @Schema(
                    description =
                            "Labels per hour of one person's work, without pauses of more than 5 minutes; null where no time is known")
            Optional<Double> perHour) {

        static RateView of(LabelRate rate) {
            return new RateView(rate.perDay(), rate.interval().map(AgreementViews::figure), rate.perHour());
        }
    }

    /** When a backlog is done. */
    @Schema(name = "BacklogForecast")
    public record ForecastView(
            Instant done,

            @Schema(description = "At the upper end of the rate's interval")
            Instant earliest,

            @Schema(
                    description =
                            "At its lower end; null when the backlog never ends at it, or when there is no interval")
            Optional<Instant> latest) {

        static ForecastView of(BacklogForecast forecast) {
            return new ForecastView(forecast.done(), forecast.earliest(), forecast.latest());
        }
    }

    /** Labels made against labels needed, of all data sets. */
    @Schema(name = "LabelCapacityList")
    public record CapacityList(
            @Schema(description = "By the name of the data set")
            Map<String, CapacityView> datasets,

            @Schema(description = "Sum of the data sets whose rate per day is known")
            double madePerDay,

            @Schema(description = "Sum of all data sets") double neededPerDay) {

        static CapacityList of(SortedMap<String, LabelCapacity> capacities) {
            Map<String, CapacityView> views = new LinkedHashMap<>();
            capacities.forEach((name, capacity) -> views.put(name, CapacityView.of(capacity)));
            return new CapacityList(
                    views,
                    capacities.values().stream()
                            .flatMap(capacity -> capacity.rate().perDay().stream())
                            .mapToDouble(perDay -> perDay)
                            .sum(),
                    capacities.values().stream()
                            .mapToDouble(LabelCapacity::neededPerDay)
                            .sum());
        }
    }

    /** How many labels are needed. */
    @Schema(name = "LabelNeed")
    public record NeedView(
            @Schema(
                    description =
                            "Labels per day that the models need; without it, as many as the arriving images want")
            Optional<Double> labelsPerDay,

            @Schema(description = "Share of the arriving images that is to be labelled, 0 to 1")
            Double intakeShare) {

        static NeedView of(LabelNeed need) {
            return new NeedView(need.labelsPerDay(), need.intakeShare());
        }

        LabelNeed need() {
            return new LabelNeed(Required.optional(labelsPerDay), Required.field("intake_share", intakeShare));
        }
    }

    /** A person who labels. */
    @Schema(name = "AnnotatorProgress")
    public record PersonView(
            String name,
            int labels,
            Optional<Long> medianMillis,

            @Schema(description = "Accuracy on honeypots, or by the votes of others")
            Optional<Figure> skill,

            boolean onHoneypots,

            @Schema(description = "Whether the skill is below the minimum of the settings")
            boolean below,

            @Schema(description = "How much more often the person uses a class than all votes on the same images")
            Map<String, Double> bias,

            List<ClassProgressView> perClass) {

        static PersonView of(LabellingProgress.PersonProgress person) {
            return new PersonView(
                    person.quality().annotator(),
                    person.quality().labels(),
                    person.medianMillis(),
                    person.quality().skill().map(AgreementViews::figure),
                    person.quality().onHoneypots(),
                    person.quality().below(),
                    person.quality().bias(),
                    ClassProgressView.of(person.classes()));
        }
    }

    /** A class. */
    @Schema(name = "ClassProgress")
    public record ClassProgressView(@JsonProperty("class") String name, int labels, Optional<Long> medianMillis) {

        static List<ClassProgressView> of(List<ClassProgress> classes) {
            return classes.stream()
                    .map(each -> new ClassProgressView(each.name(), each.labels(), each.medianMillis()))
                    .toList();
        }
    }

    /** What became of predictions that were filled in. */
    @Schema(name = "PrefillReport")
    public record PrefillReportView(
            @Schema(
                    description =
                            "How many people keep, what that saves, and whether people follow the model; null without predictions")
            Optional<String> verdict,

            @Schema(description = "Predictions that were shown, by predicted class")
            List<AcceptanceView> acceptance,

            @Schema(description = "Whether showing predictions changes what people say; null while none was hidden")
            Optional<AnchoringView> anchoring) {

        static PrefillReportView of(PrefillReport report) {
            return new PrefillReportView(
                    report.verdict(),
                    report.uses().stream()
                            .map(each -> new AcceptanceView(
                                    each.name(), each.accepted(), each.changed(), AgreementViews.figure(each.share())))
                            .toList(),
                    report.anchoring()
                            .map(each -> new AnchoringView(
                                    AgreementViews.figure(each.shown()),
                                    AgreementViews.figure(each.hidden()),
                                    AgreementViews.figure(each.difference()),
                                    each.savedMillis())));
        }
    }

    /** Predictions of a class. */
    @Schema(name = "PrefillAcceptance")
    public record AcceptanceView(
            @JsonProperty("class") String name,
            int accepted,
            int changed,

            @Schema(description = "Share of those that people kept")
            Figure share) {}

    /** Agreement with predictions, shown and hidden. */
    @Schema(name = "Anchoring")
    public record AnchoringView(
            @Schema(description = "Share of votes equal to a prediction that was shown")
            Figure shown,

            @Schema(description = "The same for predictions that were hidden")
            Figure hidden,

            @Schema(description = "shown less hidden") Figure difference,

            @Schema(description = "Median milliseconds without less those with a prediction")
            Optional<Long> savedMillis) {}
}
