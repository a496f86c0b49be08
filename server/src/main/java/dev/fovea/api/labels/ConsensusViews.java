package dev.fovea.api.labels;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fovea.api.view.Views.Figure;
import dev.fovea.labels.consensus.AgreementReport;
import dev.fovea.labels.consensus.ConsensusChoice;
import dev.fovea.labels.queue.SettledImages;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;

/** What the API shows of the consensus and of agreement by class; field names become snake_case. */
public final class ConsensusViews {

    private ConsensusViews() {}

    /** What deciding all labels again changed. */
    @Schema(name = "SettledLabels")
    public record SettledView(
            @Schema(description = "Images whose label in force is another one")
            int relabelled,

            @Schema(description = "Images with the same classes in force, of which the probabilities moved")
            int softOnly) {

        static SettledView of(SettledImages settled) {
            return new SettledView(settled.relabelled(), settled.softOnly());
        }
    }

    /** How several votes become one label. */
    @Schema(name = "ChosenConsensus")
    public record MethodView(
            @Schema(allowableValues = {"majority", "dawid-skene", "difficulty"})
            String method,

            @Schema(description = "Why that method") String reason) {

        static MethodView of(ConsensusChoice choice) {
            return new MethodView(choice.method().toString(), choice.reason());
        }
    }

    /** Agreement about a class. */
    @Schema(name = "LabelClassAgreement")
    public record ClassAgreementView(
            @JsonProperty("class") String label,

            @Schema(description = "Images that two or more people labelled, and one or more of them with it")
            int images,

            @Schema(description = "Krippendorff's alpha of the class against the rest; of objects by their overlap")
            Optional<Figure> alpha) {

        static ClassAgreementView of(AgreementReport.ClassAlpha agreement) {
            return new ClassAgreementView(
                    agreement.label(),
                    agreement.images(),
                    agreement.alpha().map(each -> new Figure(each.value(), each.low(), each.high())));
        }
    }
}
