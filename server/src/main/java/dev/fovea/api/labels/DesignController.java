package dev.fovea.api.labels;

import dev.fovea.api.data.LastCheck;
import dev.fovea.api.data.Required;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.edge.Caller;
import dev.fovea.labels.Labelling;
import dev.fovea.labels.Pilots;
import dev.fovea.labels.design.ClassSeparation;
import dev.fovea.pipeline.curation.DatasetFindings;
import dev.fovea.pipeline.curation.DesignEvidence;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The question before the labels, and the pilots that test it. */
@RestController
public final class DesignController {

    private static final String DESIGN = "/v1/datasets/{name}/design";
    private static final String PILOT = "/v1/datasets/{name}/pilot";

    private final Datasets datasets;
    private final Labelling labelling;
    private final DesignEvidence evidence;
    private final LastCheck last;

    public DesignController(Datasets datasets, Labelling labelling, DesignEvidence evidence, LastCheck last) {
        this.datasets = datasets;
        this.labelling = labelling;
        this.evidence = evidence;
        this.last = last;
    }

    @GetMapping(DESIGN)
    @Operation(
            operationId = "getDesign",
            summary = "The question, the classes with definitions and examples, and what will cost labels",
            description =
                    "Classes that embeddings do not tell apart are those of the last check of the data set: POST /v1/jobs with type check.")
    DesignViews.DesignView design(@PathVariable String name) {
        var dataset = datasets.dataset(name);
        Optional<ClassSeparation> separation =
                last.findings(name).flatMap(DatasetFindings::separation).map(each -> each.of(dataset.labels()));
        return DesignViews.DesignView.of(dataset, labelling.design().check(name, separation), separation);
    }

    @PutMapping(DESIGN)
    @Operation(
            operationId = "setDesign",
            summary = "Set the question and the classes",
            description =
                    "Refused when a class that labels images is left out, or when an example is not an image of the data set.")
    DesignViews.DesignView change(@PathVariable String name, @RequestBody DesignViews.NewDesign request) {
        var _ = labelling.design().set(name, request.asked(), request.definitions());
        return design(name);
    }

    @GetMapping(PILOT)
    @Operation(operationId = "getPilot", summary = "The newest pilot: how far it is, and its agreement when it is done")
    DesignViews.PilotView pilot(@PathVariable String name) {
        return DesignViews.PilotView.of(labelling.pilots().newest(name));
    }

    @PostMapping(PILOT)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "startPilot",
            summary = "Start a pilot: images that several people label blind, before all others",
            description =
                    "Images are drawn in equal numbers from known classes, and unlabelled ones that differ by their embedding. People get them by the usual leases, without predictions and honeypots. Labels that an image has already stay in force.")
    DesignViews.PilotView start(
            @PathVariable String name, @RequestBody DesignViews.NewPilot request, HttpServletRequest http) {
        int images = Required.field("images", request.images());
        int people = Required.field("people", request.people());
        String author = Caller.of(http).annotator(Required.optional(request.annotator()));
        Pilots.requireSize(images, people);
        Pilots pilots = labelling.pilots();
        return DesignViews.PilotView.of(pilots.start(
                name,
                evidence.pilot(name, images, pilots.seen(name), (step, fraction, left, detail) -> {}),
                people,
                author));
    }

    @DeleteMapping(PILOT)
    @Operation(operationId = "endPilot", summary = "End the running pilot; its other images are ordinary again")
    DesignViews.PilotView end(@PathVariable String name) {
        var _ = labelling.pilots().end(name);
        var _ = labelling.settle(name);
        return pilot(name);
    }
}
