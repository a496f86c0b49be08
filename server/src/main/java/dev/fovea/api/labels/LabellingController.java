package dev.fovea.api.labels;

import dev.fovea.api.data.DatasetsController;
import dev.fovea.api.data.Required;
import dev.fovea.edge.Caller;
import dev.fovea.labels.Labelling;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
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
            summary = "Give images to an annotator for a while, 10 minutes unless stated",
            description =
                    "A person never gets an image twice, and an image is never with more people than per_image. Annotations with an expired lease are still accepted.")
    LabellingViews.LeaseList lease(
            @PathVariable String name, @RequestBody LabellingViews.NewLeases request, HttpServletRequest http) {
        return LabellingViews.LeaseList.of(
                labelling.leases().give(name, request.wish(Caller.of(http))), labelling.settings(name));
    }

    @PutMapping(LEASES)
    @Operation(
            operationId = "renewLeases",
            summary = "Extend leases to a time from now on",
            description =
                    "The response leaves out leases that have ended, and expired ones whose images others have by now.")
    LabellingViews.RenewedLeases renew(@PathVariable String name, @RequestBody LabellingViews.LeaseRenewal request) {
        return LabellingViews.RenewedLeases.of(
                labelling.leases().renew(name, Required.field("leases", request.leases()), request.time()));
    }

    @PostMapping(LEASES + "/returned")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "returnLeases",
            summary = "Return images without annotations; others get them at once. Unknown leases are ignored")
    void giveBack(@PathVariable String name, @RequestBody LabellingViews.LeaseReturn request) {
        int _ = labelling.leases().giveBack(name, Required.field("leases", request.leases()));
    }

    @GetMapping(HONEYPOTS)
    @Operation(operationId = "listHoneypots", summary = "The images whose label is known, to measure people")
    LabellingViews.HoneypotList honeypots(@PathVariable String name) {
        return LabellingViews.HoneypotList.of(labelling.honeypots().of(name));
    }

    @PostMapping(HONEYPOTS)
    @Operation(operationId = "addHoneypots", summary = "Add images whose label is known; it becomes the one in force")
    LabellingViews.HoneypotList add(
            @PathVariable String name, @RequestBody LabellingViews.NewHoneypots request, HttpServletRequest http) {
        labelling
                .honeypots()
                .set(name, request.known(), Caller.of(http).annotator(Required.optional(request.annotator())));
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
