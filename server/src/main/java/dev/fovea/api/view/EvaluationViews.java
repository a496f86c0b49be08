package dev.fovea.api.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the API shows of evaluations; field names become snake_case. */
public final class EvaluationViews {

    private EvaluationViews() {}

    /** The evaluations of a version, the newest first and without their reports. */
    @Schema(name = "EvaluationRunList")
    public record Runs(List<Run> evaluations) {}

    /** An evaluation on record. */
    @Schema(name = "EvaluationRun")
    public record Run(
            String id,
            String model,
            int version,

            @Schema(
                    description =
                            "Which work it belongs to. train: on the images that training held out; compare: for a comparison of two versions, such as that of production with a later version",
                    allowableValues = {"train", "compare", "import", "evaluate"})
            String origin,

            Instant createdAt,
            Source data,

            @Schema(description = "The result in one sentence")
            String headline,

            @JsonUnwrapped Reports reports) {

        /** The report of the model's task; null in lists. */
        public record Reports(
                @Schema(implementation = Views.EvaluationView.class, description = "Of a classifier; null in lists")
                Optional<JsonNode> classification,

                @Schema(implementation = DetectionView.class, description = "Of a detector; null in lists")
                Optional<JsonNode> detection,

                @Schema(implementation = MultiLabelView.class, description = "Of a multi-label model; null in lists")
                Optional<JsonNode> multiLabel) {}
    }

    /** Documentation of a multi-label model's report. */
    @Schema(name = "MultiLabelReport")
    record MultiLabelView(
            int images,

            @Schema(description = "From which probability a label applies")
            double threshold,

            @Schema(description = "Mean over the labels") Views.Figure averagePrecision,

            @Schema(description = "The same less the share of images that show the label")
            Views.Figure gain,

            List<TagFigures> labels,
            MultiLabelVerdictView verdict) {}

    /** One label of a multi-label model. */
    @Schema(name = "LabelFigures")
    record TagFigures(
            String label,
            long support,
            long predicted,
            Optional<Views.Figure> precision,
            Optional<Views.Figure> recall,
            Optional<Views.Figure> averagePrecision) {}

    /** Whether a multi-label model is of use, in plain words. */
    @Schema(name = "MultiLabelVerdict")
    record MultiLabelVerdictView(
            @Schema(allowableValues = {"usable", "labels_never_found", "no_better_than_chance"})
            String outcome,

            long images,
            Views.Figure gain,
            List<String> neverFound,
            List<String> unseen,

            @Schema(description = "For people, the most important first")
            List<String> sentences) {}

    /** Documentation of a detector's report. */
    @Schema(name = "DetectionReport")
    record DetectionView(
            int images,

            @Schema(description = "Objects that the images show")
            int truths,

            Views.Figure map50,

            Views.Figure map50To95,

            List<DetectionClass> classes,
            DetectorVerdictView verdict) {}

    /** One class of a detector. */
    @Schema(name = "ClassFigures")
    record DetectionClass(String label, long support, Optional<Double> ap50, Optional<Double> ap50To95) {}

    /** Whether a detector is of use, in plain words; computed from the other figures. */
    @Schema(name = "DetectorVerdict")
    record DetectorVerdictView(
            @Schema(allowableValues = {"usable", "classes_never_found", "finds_nothing", "too_few_objects"})
            String outcome,

            long images,

            @Schema(description = "Objects that the images show, and that it rests on")
            long objects,

            Views.Figure map50,

            @Schema(description = "Classes of which no object was found")
            List<BlindClass> neverFound,

            @Schema(description = "Labels that no image shows")
            List<String> unseen,

            @Schema(description = "For people, the most important first")
            List<String> sentences) {}

    /** A class of which no object was found. */
    @Schema(name = "NeverDetected")
    record BlindClass(
            String label,
            long support,
            Views.Figure recall,

            @Schema(description = "Whether there are enough objects to say so")
            boolean shown) {}

    /** The images of an evaluation. */
    @Schema(name = "EvaluationSource")
    public record Source(
            @Schema(description = "Of the image list; for a folder, what an image list of these images is called")
            String id,

            @Schema(description = "Of the folder, without its path")
            String name,

            int images,

            @Schema(description = "Images left out because the version learned from them")
            int learnedFrom,

            @Schema(description = "Files left out because another one has the same content")
            int repeated) {}

    /** Some images of an evaluation. */
    @Schema(name = "EvaluationImages")
    public record Images(
            @Schema(description = "How many match") int total,
            @Schema(description = "From 1") int page,
            int pages,
            List<EvaluationImageView> images) {}

    /** One image with its prediction against the truth. */
    @Schema(name = "EvaluationImage")
    public record EvaluationImageView(
            @Schema(description = "Its place in the evaluation, from 0")
            int number,

            @Schema(description = "Relative to the folder that was evaluated")
            String name,

            @Schema(description = "Whether nothing about it is wrong")
            boolean correct,

            @JsonUnwrapped Predicted prediction,
            @JsonUnwrapped UprightSize size,

            List<FoundObject> objects,

            @Schema(description = "Address of a small JPEG; null where none is kept")
            Optional<String> thumbnail) {

        /** The prediction against the truth. */
        public record Predicted(
                @Schema(description = "The label that it shows, or several, apart by commas; null for a detector")
                Optional<String> truth,

                @Schema(
                        description =
                                "The label that was predicted, or several, apart by commas; null for a detector, and where the image failed")
                Optional<String> predicted,

                Optional<Double> confidence,

                @Schema(description = "Why it could not be predicted")
                Optional<String> failure) {}

        /** Of the upright image. */
        public record UprightSize(
                @Schema(description = "Width of the upright image in pixels, in which boxes are given; for a detector")
                Optional<Integer> width,

                @Schema(description = "Height of the upright image in pixels; for a detector")
                Optional<Integer> height) {}
    }

    /** An object, matched with the truth at overlap 0.5. */
    @Schema(name = "EvaluatedObject")
    public record FoundObject(
            @Schema(allowableValues = {"found", "false_positive", "missed"})
            String kind,

            String label,

            @Schema(description = "Null for an object that was missed")
            Optional<Double> confidence,

            double x1,
            double y1,
            double x2,
            double y2) {}
}
