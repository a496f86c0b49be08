package dev.fovea.api.labels;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.fovea.api.data.ItemViews;
import dev.fovea.api.data.ValueViews;
import dev.fovea.api.view.Views.Figure;
import dev.fovea.json.Json;
import dev.fovea.labels.Disagreement;
import dev.fovea.labels.consensus.AgreementReport;
import dev.fovea.labels.consensus.ConsensusChoice;
import dev.fovea.labels.design.PilotAdvice;
import dev.fovea.labels.queue.Vote;
import dev.fovea.statistics.Interval;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the API shows of what several people said; field names become snake_case. */
public final class AgreementViews {

    private AgreementViews() {}

    static Figure figure(Interval interval) {
        return new Figure(interval.value(), interval.low(), interval.high());
    }

    /** Agreement corrected for chance. */
    @Schema(name = "AgreementCoefficients")
    public record Coefficients(
            @Schema(description = "Cohen's kappa of the two people with most images in common")
            Optional<Figure> kappa,

            @Schema(description = "Fleiss' kappa") Optional<Figure> fleiss,

            @Schema(description = "Krippendorff's alpha; of objects by their overlap")
            Optional<Figure> alpha) {

        static Coefficients of(AgreementReport report) {
            return new Coefficients(
                    report.kappa().map(AgreementViews::figure),
                    report.fleiss().map(AgreementViews::figure),
                    report.alpha().map(AgreementViews::figure));
        }
    }

    /** How well people agree. */
    @Schema(name = "AgreementReport")
    public record AgreementView(
            @Schema(description = "What the figures mean") String verdict,

            @Schema(description = "Agreement corrected for chance; 1 is full agreement")
            Coefficients coefficients,

            @Schema(description = "Accuracy that no model judged by such labels can be shown to exceed")
            Optional<Figure> ceiling,

            @Schema(description = "Images that two or more people labelled")
            int images,

            @Schema(description = "Pairs of classes, the most often confused first")
            List<ConfusedView> confused,

            @Schema(description = "What to change in the design, the most important first")
            List<AdviceView> advice,

            @Schema(description = "How well people agree about each class")
            List<ConsensusViews.ClassAgreementView> perClass,

            @Schema(description = "The method that makes one label of several votes by now; null in a pilot")
            Optional<ConsensusViews.MethodView> consensus) {

        static AgreementView of(AgreementReport report, List<PilotAdvice> advice, Optional<ConsensusChoice> consensus) {
            return new AgreementView(
                    report.verdict(),
                    Coefficients.of(report),
                    report.ceiling().map(AgreementViews::figure),
                    report.images(),
                    report.confused().stream()
                            .map(pair -> new ConfusedView(
                                    pair.first(),
                                    pair.second(),
                                    pair.images(),
                                    pair.used(),
                                    pair.examples().stream()
                                            .map(Object::toString)
                                            .toList()))
                            .toList(),
                    advice.stream().map(AdviceView::of).toList(),
                    report.classes().stream()
                            .map(ConsensusViews.ClassAgreementView::of)
                            .toList(),
                    consensus.map(ConsensusViews.MethodView::of));
        }
    }

    /** What to change in a design. */
    @Schema(name = "PilotAdvice")
    public record AdviceView(
            @Schema(allowableValues = {"label-more", "merge", "split", "define", "add-class"})
            String kind,

            List<String> classes,
            String evidence,
            String advice,

            @Schema(description = "Hashes of images that show it")
            List<String> images) {

        static AdviceView of(PilotAdvice advice) {
            return new AdviceView(
                    Json.word(advice.kind()),
                    advice.classes(),
                    advice.evidence(),
                    advice.advice(),
                    advice.images().stream().map(Object::toString).toList());
        }
    }

    /** Two classes that people confuse. */
    @Schema(name = "ConfusedClasses")
    public record ConfusedView(
            String a,
            String b,

            @Schema(description = "Images of which one person said a and another b")
            int count,

            @Schema(description = "Images of which somebody said a or b")
            int used,

            @Schema(description = "Hashes of some of them") List<String> examples) {}

    /** Images about which people disagree. */
    @Schema(name = "DisagreementPage")
    public record DisagreementPage(
            List<DisagreementView> items,

            @Schema(description = "The value of after for the next page; null on the last page")
            Optional<Long> next) {

        static DisagreementPage of(List<Disagreement> found, int size) {
            return new DisagreementPage(
                    found.stream().map(DisagreementView::of).toList(),
                    found.size() == size ? Optional.of(found.getLast().item().id()) : Optional.empty());
        }
    }

    /** An image about which people disagree. */
    @Schema(name = "Disagreement")
    public record DisagreementView(
            String hash, int width, int height, List<GivenView> values, Optional<ConsensusView> consensus) {

        static DisagreementView of(Disagreement disagreement) {
            return new DisagreementView(
                    disagreement.item().image().hash().toString(),
                    disagreement.item().image().size().width(),
                    disagreement.item().image().size().height(),
                    disagreement.votes().stream().map(GivenView::of).toList(),
                    disagreement
                            .item()
                            .label()
                            .map(label -> new ConsensusView(
                                    ItemViews.tree(label.content().value()), disagreement.confidence())));
        }
    }

    /** What one person said. */
    @Schema(name = "GivenValue")
    public record GivenView(
            String annotator,

            @Schema(implementation = ValueViews.ValueView.class)
            JsonNode value,

            Optional<Long> millis) {

        static GivenView of(Vote vote) {
            return new GivenView(
                    vote.annotator(),
                    ItemViews.tree(vote.value()),
                    vote.annotation().content().millis());
        }
    }

    /** The label in force. */
    @Schema(name = "ConsensusValue")
    public record ConsensusView(
            @Schema(implementation = ValueViews.ValueView.class)
            JsonNode value,

            @Schema(description = "Probability that it is right, 0 to 1")
            double confidence) {}

    /** A class for whose definition an image is an example. */
    @Schema(name = "ExampleRequest")
    public record Example(
            String hash,
            @JsonProperty("class") String label,

            @Schema(description = "Whether it seems to show the class and does not")
            Optional<Boolean> counter) {}
}
