package dev.fovea.api.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fovea.labels.priority.ImagePriority;
import dev.fovea.labels.wrong.ClassDecisions;
import dev.fovea.labels.wrong.ClassNoise;
import dev.fovea.labels.wrong.ConfirmedBoxes;
import dev.fovea.labels.wrong.NamedBox;
import dev.fovea.labels.wrong.SuspectBox;
import dev.fovea.labels.wrong.SuspectClass;
import dev.fovea.labels.wrong.SuspectLabel;
import dev.fovea.pipeline.curation.DatasetVerdict;
import dev.fovea.pipeline.curation.LabelFindings;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.labelerrors.BoxIssueKind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the API shows of the check of a data set; field names become snake_case. */
public final class CheckViews {

    private CheckViews() {}

    /** A page of labels that are probably wrong. */
    @Schema(name = "WrongLabelPage")
    public record WrongLabelPage(
            @Schema(description = "The check that found them")
            String job,

            @Schema(description = "What the check means, the most important sentence first")
            List<String> verdict,

            List<WrongLabelView> items,

            @Schema(
                    description =
                            "Estimated shares of wrong labels by class; empty where the embeddings are too poor to say, and for boxes")
            List<ClassNoiseView> perClass,

            @Schema(description = "Shares of the labelled boxes that the detector confirms, by class")
            List<ConfirmedView> confirmed,

            @Schema(description = "The value of after for the next page; null on the last page")
            Optional<Integer> next) {}

    /** Unlabelled images to label next. */
    @Schema(name = "NextImagePage")
    public record NextPage(
            @Schema(description = "The check that chose them")
            String job,

            @Schema(description = "What they were chosen by")
            String basis,

            List<NextImage> items) {}

    /** An image to label next. */
    @Schema(name = "NextImage")
    public record NextImage(
            String hash,

            @Schema(description = "As: unsure 0.81, unlike what is labelled (0.62), seen 14 times")
            String reason,

            @Schema(description = "How unsure the model is, 0 to 1; null without a model")
            Optional<Double> uncertainty,

            @Schema(description = "Distance to the nearest image that is labelled or comes before it, 0 to 2")
            double novelty,

            @Schema(description = "Images that show nearly the same, with this one")
            long seen) {
        static NextImage of(ImagePriority image) {
            return new NextImage(
                    image.image(),
                    image.reason(),
                    image.predicted() ? Optional.of(image.uncertainty()) : Optional.empty(),
                    image.novelty(),
                    image.seen());
        }
    }

    /** A label that is probably wrong. */
    @Schema(name = "WrongLabel")
    public record WrongLabelView(
            String hash,

            @Schema(
                    description =
                            "class: another class; extra or missing: a class of several; spurious, misplaced, swapped or overlooked: a box")
            String kind,

            @Schema(description = "The class as labelled; null where one is missing")
            Optional<String> given,

            @Schema(description = "The likely class; null where there should be none")
            Optional<String> likely,

            @Schema(description = "Probability that the label is wrong; for boxes a suspicion from 0 to 1")
            double score,

            @Schema(description = "The box as labelled: x, y, width, height in pixels; null without one")
            Optional<List<Double>> givenBox,

            @Schema(description = "The box as predicted; null without one")
            Optional<List<Double>> likelyBox) {

        static WrongLabelView of(SuspectLabel suspect) {
            return ofClass(
                    suspect.image(),
                    "class",
                    Optional.of(suspect.given()),
                    Optional.of(suspect.likely()),
                    suspect.wrong());
        }

        static WrongLabelView of(SuspectClass suspect) {
            Optional<String> label = Optional.of(suspect.label());
            return suspect.given()
                    ? ofClass(suspect.image(), "extra", label, Optional.empty(), suspect.wrong())
                    : ofClass(suspect.image(), "missing", Optional.empty(), label, suspect.wrong());
        }

        static WrongLabelView of(SuspectBox suspect) {
            return new WrongLabelView(
                    suspect.image(),
                    suspect.kind().toString(),
                    suspect.given().map(NamedBox::label),
                    suspect.likely().map(NamedBox::label),
                    suspect.suspicion(),
                    suspect.given().map(WrongLabelView::numbers),
                    suspect.likely().map(WrongLabelView::numbers));
        }

        private static WrongLabelView ofClass(
                String hash, String kind, Optional<String> given, Optional<String> likely, double score) {
            return new WrongLabelView(hash, kind, given, likely, score, Optional.empty(), Optional.empty());
        }

        /** The suspicion about a box. */
        SuspectBox box() {
            return new SuspectBox(
                    BoxIssueKind.valueOf(kind.toUpperCase(Locale.ROOT)),
                    hash,
                    givenBox.map(box -> ConfirmedPartView.box(given.orElseThrow(), box)),
                    likelyBox.map(box -> ConfirmedPartView.box(likely.orElseThrow(), box)),
                    score);
        }

        private static List<Double> numbers(NamedBox box) {
            return List.of(box.x(), box.y(), box.width(), box.height());
        }
    }

    /** The estimated share of wrong labels of a class, at 95 % confidence. */
    @Schema(name = "ClassNoise")
    public record ClassNoiseView(
            @JsonProperty("class") String label,
            double share,
            double low,
            double high,

            @Schema(
                    description =
                            "How many labels of the class to review, the most suspect first, to find half of these")
            int reviewToHalve) {

        static ClassNoiseView of(ClassNoise noise) {
            return of(noise.label(), noise.share(), noise.reviewToHalve());
        }

        static ClassNoiseView of(ClassDecisions decisions) {
            return of(decisions.label(), decisions.share(), decisions.reviewToHalve());
        }

        private static ClassNoiseView of(String label, Interval share, int reviewToHalve) {
            return new ClassNoiseView(label, share.value(), share.low(), share.high(), reviewToHalve);
        }

        static List<ClassNoiseView> of(LabelFindings findings) {
            return switch (findings) {
                case LabelFindings.SingleClass(var report) ->
                    DatasetVerdict.isEstimated(report.accuracy())
                            ? report.classes().stream().map(ClassNoiseView::of).toList()
                            : List.of();
                case LabelFindings.SeveralClasses(var report) ->
                    report.classes().stream()
                            .filter(each -> DatasetVerdict.isEstimated(each.accuracy()))
                            .map(ClassNoiseView::of)
                            .toList();
                case LabelFindings.Boxes _, LabelFindings.NotJudged _ -> List.of();
            };
        }
    }

    /** The share of labelled boxes of a class that the detector confirms, at 95 % confidence. */
    @Schema(name = "ConfirmedBoxes")
    public record ConfirmedView(
            @JsonProperty("class") String label, long boxes, double share, double low, double high) {

        static List<ConfirmedView> of(LabelFindings findings) {
            return findings instanceof LabelFindings.Boxes boxes
                    ? boxes.report().classes().stream().map(ConfirmedView::of).toList()
                    : List.of();
        }

        private static ConfirmedView of(ConfirmedBoxes confirmed) {
            Interval share = confirmed.share();
            return new ConfirmedView(confirmed.label(), confirmed.boxes(), share.value(), share.low(), share.high());
        }
    }
}
