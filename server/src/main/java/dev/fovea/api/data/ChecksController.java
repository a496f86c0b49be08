package dev.fovea.api.data;

import dev.fovea.api.data.LastCheck.FinishedCheck;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.edge.Caller;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.labels.Labelling;
import dev.fovea.pipeline.curation.NextImages;
import dev.fovea.pipeline.queue.JobState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What the last check of a data set found. */
@RestController
public final class ChecksController {

    private static final int PAGE = 50;
    private static final int MAX_LISTED = 500;

    private final Datasets datasets;
    private final Labelling labelling;
    private final LastCheck last;

    public ChecksController(Datasets datasets, Labelling labelling, LastCheck last) {
        this.datasets = datasets;
        this.labelling = labelling;
        this.last = last;
    }

    @GetMapping("/v1/datasets/{name}/wrong-labels")
    @Operation(
            operationId = "listWrongLabels",
            summary = "Labels that are probably wrong, the most probable first, by the last check of the data set",
            description =
                    "POST /v1/jobs with type check makes one. A label that was changed since is left out, and so is a part that was confirmed. Recording the same label again confirms all of it for the next check.")
    CheckViews.WrongLabelPage wrongLabels(
            @PathVariable String name,
            @Parameter(description = "next of the page before") @RequestParam(defaultValue = "0") int after) {
        var _ = datasets.dataset(name);
        FinishedCheck check = last(name);
        List<CheckViews.WrongLabelView> suspects =
                SuspectsLeft.all(check.findings().labels());
        SuspectsLeft left =
                new SuspectsLeft(datasets, name, labelling.confirmations().of(name));
        List<Integer> rows = IntStream.range(Math.max(0, after), suspects.size())
                .filter(row -> left.isLeft(suspects.get(row)))
                .limit(PAGE)
                .boxed()
                .toList();
        return new CheckViews.WrongLabelPage(
                check.job().id(),
                check.job().state() instanceof JobState.Done done
                        ? done.result().sentences()
                        : List.of(),
                rows.stream().map(suspects::get).toList(),
                CheckViews.ClassNoiseView.of(check.findings().labels()),
                CheckViews.ConfirmedView.of(check.findings().labels()),
                rows.size() == PAGE ? Optional.of(rows.getLast() + 1) : Optional.empty());
    }

    @PostMapping("/v1/datasets/{name}/wrong-labels/{hash}/confirmed")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "confirmPartOfLabel",
            summary = "Record that a suspect box, or a suspect class of several, is right",
            description =
                    "The body has the fields of the suspect. The label does not change, and its other parts stay open; this part is not suspected again. 409 where the label in force says otherwise by now.")
    DatasetViews.ChangedImages confirm(
            @PathVariable String name,
            @PathVariable String hash,
            @RequestBody ConfirmedPartView request,
            HttpServletRequest http) {
        labelling.confirmations().confirm(name, DatasetsController.hash(hash), request.confirmation(Caller.of(http)));
        return new DatasetViews.ChangedImages(1);
    }

    @GetMapping("/v1/datasets/{name}/next")
    @Operation(
            operationId = "listNextImages",
            summary = "Unlabelled images whose labels would teach most, and why, by the last check of the data set",
            description =
                    "POST /v1/jobs with type check makes one, and puts the images in front of the queue with the order uncertain. At most 500; those that were labelled since are left out.")
    CheckViews.NextPage next(
            @PathVariable String name,
            @Parameter(description = "Images to list, 1 to 500") @RequestParam(defaultValue = "50") int budget) {
        if (budget < 1 || budget > MAX_LISTED) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"budget\" is %d; it must be from 1 to %d.".formatted(budget, MAX_LISTED));
        }
        var _ = datasets.dataset(name);
        FinishedCheck check = last(name);
        NextImages chosen = check.findings().next();
        return new CheckViews.NextPage(
                check.job().id(),
                chosen.basis(),
                chosen.images().stream()
                        .filter(image -> datasets.find(name, ContentHash.parse(image.image()))
                                .filter(item -> item.label().isEmpty())
                                .isPresent())
                        .limit(budget)
                        .map(CheckViews.NextImage::of)
                        .toList());
    }

    private FinishedCheck last(String name) {
        return last.of(name)
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.NOT_FOUND,
                        "The data set \"%s\" was not checked yet. Start a check: POST /v1/jobs with {\"type\": \"check\", \"dataset\": \"%s\"}, or fovea data check %s"
                                .formatted(name, name, name)));
    }
}
