package dev.fovea.api.labels;

import dev.fovea.api.data.DatasetViews;
import dev.fovea.api.data.Required;
import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.catalog.LabelQuestion;
import dev.fovea.json.Json;
import dev.fovea.labels.design.ClassSeparation;
import dev.fovea.labels.design.DesignFinding;
import dev.fovea.labels.design.DesignReport;
import dev.fovea.labels.design.PilotReport;
import dev.fovea.labels.design.PilotReport.PilotPerson;
import dev.fovea.labels.design.PilotReport.PilotState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the API shows of the question before the labels; field names become snake_case. */
public final class DesignViews {

    private DesignViews() {}

    /** A design with what its checks found. */
    @Schema(name = "LabelDesign")
    public record DesignView(
            @Schema(description = "Whether labelling can start, in a sentence")
            String verdict,

            @Schema(description = "Whether no finding will cost labels")
            boolean ready,

            @Schema(description = "What people are to answer about each image")
            String question,

            @Schema(description = "Whether two classes can apply to one image; null when it is not stated")
            Optional<Boolean> severalApply,

            @Schema(description = "Whether none of the classes can apply; null when it is not stated")
            Optional<Boolean> noneApplies,

            List<DatasetViews.ClassView> classes,

            @Schema(description = "What will cost labels first, then advice")
            List<FindingView> findings,

            @Schema(description = "What compared the classes by embeddings, in the last check of the data set")
            Optional<ComparisonView> compared) {

        static DesignView of(Dataset dataset, DesignReport report, Optional<ClassSeparation> separation) {
            return new DesignView(
                    report.verdict(),
                    report.ready(),
                    dataset.question().text(),
                    dataset.question().severalApply(),
                    dataset.question().noneApplies(),
                    dataset.classes().stream().map(DatasetViews.ClassView::of).toList(),
                    report.findings().stream().map(FindingView::of).toList(),
                    separation.map(each -> new ComparisonView(each.embeddings(), each.images(), each.tooFew())));
        }
    }

    /** Something that makes people disagree or label wrongly. */
    @Schema(name = "DesignFinding")
    public record FindingView(
            @Schema(description = "Such as no-definition or similar-examples")
            String kind,

            @Schema(description = "Whether labels will be lost or wrong; otherwise it is advice")
            boolean costly,

            List<String> classes,
            String problem,
            String why,
            String remedy,

            @Schema(description = "Hashes of images that show it")
            List<String> images) {

        static FindingView of(DesignFinding finding) {
            return new FindingView(
                    Json.word(finding.kind()),
                    finding.costly(),
                    finding.classes(),
                    finding.problem(),
                    finding.why(),
                    finding.remedy(),
                    finding.images());
        }
    }

    /** What compared the classes. */
    @Schema(name = "ClassComparison")
    public record ComparisonView(
            @Schema(description = "What embedded the images")
            String embeddings,

            @Schema(description = "Labelled images that were compared")
            int images,

            @Schema(description = "Classes with too few labelled images")
            List<String> tooFew) {}

    /** A design to store. */
    @Schema(name = "NewLabelDesign")
    public record NewDesign(
            String question,
            Optional<Boolean> severalApply,
            Optional<Boolean> noneApplies,

            @Schema(description = "All classes; refused when one that labels images is left out")
            List<DatasetViews.ClassView> classes) {

        LabelQuestion asked() {
            return new LabelQuestion(
                    Required.field("question", question),
                    Required.optional(severalApply),
                    Required.optional(noneApplies));
        }

        List<ClassDefinition> definitions() {
            return Required.field("classes", classes).stream()
                    .map(DatasetViews.ClassView::defined)
                    .toList();
        }
    }

    /** A pilot to start. */
    @Schema(name = "NewPilot")
    public record NewPilot(
            @Schema(description = "Images, 10 to 200; 30 to 50 say enough")
            Integer images,

            @Schema(description = "People who label each image, 2 to 20")
            Integer people,

            @Schema(description = "Who starts it; may be left out where the API key has a name")
            Optional<String> annotator) {}

    /** A pilot. */
    @Schema(name = "Pilot")
    public record PilotView(
            int number,

            @Schema(allowableValues = {"drawn", "running", "done"})
            String state,

            String startedBy,
            Instant drawnAt,
            PilotProgressView progress,

            @Schema(description = "How well these people agree on these images; null until the pilot is done")
            Optional<AgreementViews.AgreementView> agreement) {

        static PilotView of(PilotReport report) {
            return new PilotView(
                    report.pilot().number(),
                    Json.word(report.state()),
                    report.pilot().author(),
                    report.pilot().drawn(),
                    PilotProgressView.of(report),
                    report.state() == PilotState.DONE
                            ? Optional.of(AgreementViews.AgreementView.of(
                                    report.agreement(), report.advice(), Optional.empty()))
                            : Optional.empty());
        }
    }

    /** How far a pilot is. */
    @Schema(name = "PilotProgress")
    public record PilotProgressView(
            int images,

            @Schema(description = "People who label each image")
            int people,

            @Schema(description = "Images that all people labelled")
            int complete,

            List<PilotPersonView> annotators) {

        static PilotProgressView of(PilotReport report) {
            return new PilotProgressView(
                    report.pilot().images().size(),
                    report.pilot().people(),
                    report.complete(),
                    report.people().stream().map(PilotPersonView::of).toList());
        }
    }

    /** A person in a pilot. */
    @Schema(name = "PilotPerson")
    public record PilotPersonView(
            String name,

            @Schema(description = "Images of the pilot that the person labelled")
            int images) {

        static PilotPersonView of(PilotPerson person) {
            return new PilotPersonView(person.name(), person.images());
        }
    }
}
