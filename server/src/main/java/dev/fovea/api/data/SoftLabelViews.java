package dev.fovea.api.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fovea.labels.consensus.SoftLabel;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What the API shows of the label in force as probabilities; field names become snake_case. */
public final class SoftLabelViews {

    private SoftLabelViews() {}

    /** The label in force of a whole image as probabilities. */
    @Schema(name = "SoftLabel")
    public record SoftLabelView(
            @Schema(description = "People who voted on the image")
            int people,

            @Schema(description = "0 where the label is certain, 1 where all classes are equally probable")
            double uncertainty,

            @Schema(description = "The most probable first") List<ProbabilityView> classes) {

        /** A soft label as it is shown. */
        public static SoftLabelView of(SoftLabel label) {
            return new SoftLabelView(
                    label.people(),
                    label.uncertainty(),
                    label.classes().stream().map(ProbabilityView::of).toList());
        }
    }

    /** A class of a soft label. */
    @Schema(name = "ClassProbability")
    public record ProbabilityView(
            @JsonProperty("class") String label,

            @Schema(description = "By the consensus, 0 to 1")
            double probability,

            @Schema(description = "People who said it") int votes,

            @Schema(
                    description =
                            "The share of all such people who would say it lies between low and high, at 95 % confidence by these votes")
            double low,

            double high) {

        static ProbabilityView of(SoftLabel.ClassProbability each) {
            return new ProbabilityView(
                    each.label(),
                    each.probability(),
                    each.votes(),
                    each.share().low(),
                    each.share().high());
        }
    }
}
