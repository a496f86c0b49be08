package dev.fovea.api.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the API shows of comparisons of two evaluations; field names become snake_case. */
public final class ComparisonViews {

    private ComparisonViews() {}

    /** Two evaluations, image by image, with some of the images that differ. */
    @Schema(name = "EvaluationComparison")
    public record Compared(
            String baseline,
            String candidate,

            @Schema(implementation = ComparisonFigures.class, description = "Of classifiers; null for detectors")
            Optional<JsonNode> comparison,

            @Schema(implementation = DetectionFigures.class, description = "Of detectors; null for classifiers")
            Optional<JsonNode> detection,

            @Schema(description = "What is shown, with the figures that it rests on")
            String sentence,

            @JsonUnwrapped Page where,
            List<Difference> differing) {

        /** Which of the images that differ are here. */
        public record Page(
                @Schema(description = "How many images are predicted differently and match the change asked for")
                int total,

                @Schema(description = "From 1") int page,
                int pages) {}
    }

    /** Documentation of the figures of a comparison of detectors. */
    @Schema(name = "DetectionComparison")
    record DetectionFigures(
            @Schema(description = "Images that both evaluations have")
            int images,

            @Schema(description = "That only one evaluation has; left out")
            int unpaired,

            @Schema(description = "Objects that the images show")
            int truths,

            @Schema(description = "Mean average precision at overlap 0.5 of the baseline")
            double baseline,

            @Schema(description = "Mean average precision at overlap 0.5 of the candidate")
            double candidate,

            @Schema(description = "Candidate less baseline, with its paired 95 % interval")
            Views.Figure difference,

            @Schema(allowableValues = {"better", "worse", "no_difference_shown"})
            String verdict,

            String sentence) {}

    /** Documentation of the figures of a comparison. */
    @Schema(name = "Comparison")
    public record ComparisonFigures(
            @JsonUnwrapped ImageCounts compared,

            @Schema(description = "Accuracy of the baseline")
            Views.Figure baseline,

            @Schema(description = "Accuracy of the candidate")
            Views.Figure candidate,

            @Schema(description = "Candidate less baseline, with its paired 95 % interval")
            Views.Figure difference,

            MatchedPairs test,
            List<ClassDifference> classes,

            @Schema(allowableValues = {"better", "worse", "no_difference_shown"})
            String verdict,

            String sentence) {

        /** The images. */
        public record ImageCounts(
                @Schema(description = "That both evaluations have")
                int images,

                @Schema(description = "That only one evaluation has; left out")
                int unpaired) {}
    }

    /** McNemar's test. */
    @Schema(name = "MatchedPairs")
    record MatchedPairs(int onlyFirst, int onlySecond, double exact, double midP) {}

    /** One class, candidate less baseline. */
    @Schema(name = "ClassDifference")
    record ClassDifference(String label, long support, Optional<Views.Figure> recall, Optional<Double> f1) {}

    /** An image that two versions predict differently. */
    @Schema(name = "EvaluationDifference")
    public record Difference(
            @Schema(
                    description = "fixed: only the candidate is right, or it makes fewer errors; broken: the baseline",
                    allowableValues = {"fixed", "broken", "otherwise_wrong"})
            String change,

            EvaluationViews.EvaluationImageView baseline,
            EvaluationViews.EvaluationImageView candidate) {}
}
