package dev.fovea.api.labels;

import dev.fovea.api.data.DatasetsController;
import dev.fovea.api.data.Required;
import dev.fovea.labels.Labelling;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who labels which image: settings, leases, honeypots and scores. */
@RestController
public final class LabellingController {

    private static final String ALL = "/v1/datasets/{name}/labelling";
    private static final String LEASES = ALL + "/leases";
    private static final String HONEYPOTS = ALL + "/honeypots";

    private final Labelling labelling;

    public LabellingController(Labelling labelling) {
        this.labelling = labelling;
    }

    @GetMapping(ALL)
    @Operation(operationId = "getLabelling", summary = "How a data set is labelled")
    LabellingViews.SettingsView settings(@PathVariable String name) {
        return LabellingViews.SettingsView.of(labelling.settings(name));
    }

    @PutMapping(ALL)
    @Operation(operationId = "setLabelling", summary = "Change how a data set is labelled")
    LabellingViews.SettingsView change(@PathVariable String name, @RequestBody LabellingViews.SettingsView request) {
        labelling.settings(name, request.settings());
        return settings(name);
    }

    @PostMapping(LEASES)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "leaseImages",
            summary = "Give images to an annotator for 10 minutes",
            description =
                    "A person never gets an image twice, and an image is never with more people than per_image. Annotations with an expired lease are still accepted.")
    LabellingViews.LeaseList lease(@PathVariable String name, @RequestBody LabellingViews.NewLeases request) {
        return LabellingViews.LeaseList.of(
                labelling.lease(
                        name,
                        Required.field("annotator", request.annotator()),
                        Required.field("count", request.count())),
                labelling.settings(name));
    }

    @PutMapping(LEASES + "/{lease}")
    @Operation(
            operationId = "renewLease",
            summary = "Extend a lease to 10 minutes from now; refused when others have the image by now")
    LabellingViews.LeaseView renew(@PathVariable String name, @PathVariable String lease) {
        return LabellingViews.LeaseView.of(labelling.renew(name, lease), labelling.settings(name));
    }

    @DeleteMapping(LEASES + "/{lease}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "returnLease", summary = "Return an image without an annotation; others get it at once")
    void giveBack(@PathVariable String name, @PathVariable String lease) {
        labelling.giveBack(name, lease);
    }

    @GetMapping(HONEYPOTS)
    @Operation(operationId = "listHoneypots", summary = "The images whose label is known, to measure people")
    LabellingViews.HoneypotList honeypots(@PathVariable String name) {
        return LabellingViews.HoneypotList.of(labelling.honeypots().of(name));
    }

    @PostMapping(HONEYPOTS)
    @Operation(operationId = "addHoneypots", summary = "Add images whose label is known; it becomes the one in force")
    LabellingViews.HoneypotList add(@PathVariable String name, @RequestBody LabellingViews.NewHoneypots request) {
        labelling.honeypots().set(name, request.known(), Required.field("annotator", request.annotator()));
        return honeypots(name);
    }

    @DeleteMapping(HONEYPOTS + "/{hash}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "removeHoneypot", summary = "Make a honeypot an ordinary image again")
    void remove(@PathVariable String name, @PathVariable String hash) {
        labelling.honeypots().clear(name, List.of(DatasetsController.hash(hash)));
    }

    @PutMapping(ALL + "/scores")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "setLabelScores", summary = "Set scores of unlabelled images, for the order uncertain")
    void score(@PathVariable String name, @RequestBody LabellingViews.ScoreMap request) {
        labelling.score(name, request.byImage());
    }
}
