package dev.fovea.api.labels;

import dev.fovea.api.data.DatasetViews;
import dev.fovea.api.data.DatasetsController;
import dev.fovea.api.data.ItemViews;
import dev.fovea.api.data.Required;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.edge.Caller;
import dev.fovea.labels.Labelling;
import dev.fovea.labels.consensus.AgreementReport;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What several people said: progress, agreement, disagreements and decisions. */
@RestController
public final class ReviewController {

    private static final String ALL = "/v1/datasets/{name}/labelling";
    private static final String DISAGREEMENTS = ALL + "/disagreements";
    private static final int PAGE = 50;

    private final Labelling labelling;

    public ReviewController(Labelling labelling) {
        this.labelling = labelling;
    }

    @GetMapping(ALL + "/progress")
    @Operation(
            operationId = "getLabellingProgress",
            summary =
                    "Labels made against labels needed, per person and class, the backlog, and what became of predictions")
    ProgressViews.ProgressView progress(@PathVariable String name) {
        return ProgressViews.ProgressView.of(labelling.progress(name));
    }

    @GetMapping("/v1/labelling/capacity")
    @Operation(
            operationId = "listLabelCapacity",
            summary = "Labels per day that the models need against labels that people make, of all data sets")
    ProgressViews.CapacityList capacity() {
        return ProgressViews.CapacityList.of(labelling.capacities());
    }

    @GetMapping(ALL + "/need")
    @Operation(operationId = "getLabelNeed", summary = "How many labels the models need")
    ProgressViews.NeedView need(@PathVariable String name) {
        return ProgressViews.NeedView.of(labelling.need(name));
    }

    @PutMapping(ALL + "/need")
    @Operation(operationId = "setLabelNeed", summary = "Declare how many labels the models need")
    ProgressViews.NeedView declare(@PathVariable String name, @RequestBody ProgressViews.NeedView request) {
        return ProgressViews.NeedView.of(labelling.need(name, request.need()));
    }

    @GetMapping(ALL + "/agreement")
    @Operation(
            operationId = "getAgreement",
            summary = "How well people agree, with a verdict and the classes that they confuse")
    AgreementViews.AgreementView agreement(@PathVariable String name) {
        AgreementReport report = labelling.agreement(name);
        return AgreementViews.AgreementView.of(
                report, labelling.pilots().advice(name, report), Optional.of(labelling.consensus(name)));
    }

    @GetMapping(DISAGREEMENTS)
    @Operation(
            operationId = "listDisagreements",
            summary = "Images about which people disagree and nobody decided, 50 per page")
    AgreementViews.DisagreementPage disagreements(
            @PathVariable String name,
            @Parameter(description = "next of the page before") @RequestParam(defaultValue = "0") long after) {
        return AgreementViews.DisagreementPage.of(labelling.disagreements(name, after, PAGE), PAGE);
    }

    @PostMapping(DISAGREEMENTS + "/{hash}")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "resolveDisagreement",
            summary = "Record a reviewer's decision; it is in force, and votes do not change it any more")
    ItemViews.AnnotationView decide(
            @PathVariable String name,
            @PathVariable String hash,
            @RequestBody ItemViews.AnnotationRequest request,
            HttpServletRequest http) {
        return ItemViews.AnnotationView.of(
                labelling.decide(name, DatasetsController.hash(hash), request.annotation(Caller.of(http))));
    }

    @PostMapping(ALL + "/consensus")
    @Operation(
            operationId = "settleLabels",
            summary = "Decide all labels again with what is known about the people by now")
    ConsensusViews.SettledView settle(@PathVariable String name) {
        return ConsensusViews.SettledView.of(labelling.settle(name));
    }

    @PostMapping(ALL + "/examples")
    @Operation(operationId = "addClassExample", summary = "Make an image an example, or a counter-example, of a class")
    DatasetViews.ChangedImages example(@PathVariable String name, @RequestBody AgreementViews.Example request) {
        ContentHash image = DatasetsController.hash(Required.field("hash", request.hash()));
        String label = Required.field("class", request.label());
        var _ = Required.optional(request.counter()).orElse(false)
                ? labelling.design().counterExample(name, image, label)
                : labelling.design().example(name, image, label);
        return new DatasetViews.ChangedImages(1);
    }
}
