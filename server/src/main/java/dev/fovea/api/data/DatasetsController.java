package dev.fovea.api.data;

import dev.fovea.datasets.catalog.SavedVersion;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.edge.Caller;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.labels.Labelling;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Data sets and their versions. */
@RestController
public final class DatasetsController {

    private static final String ALL = "/v1/datasets";
    private static final String ONE = ALL + "/{name}";
    private static final int MOST_CHANGES = 500;

    private final Datasets datasets;
    private final Labelling labelling;

    public DatasetsController(Datasets datasets, Labelling labelling) {
        this.datasets = datasets;
        this.labelling = labelling;
    }

    @GetMapping(ALL)
    @Operation(operationId = "listDatasets", summary = "The data sets of this home, by name")
    DatasetViews.DatasetList list() {
        return new DatasetViews.DatasetList(
                datasets.list().stream().map(DatasetViews.DatasetView::of).toList());
    }

    @PostMapping(ALL)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createDataset", summary = "Create an empty data set")
    DatasetViews.DatasetView create(@RequestBody DatasetViews.NewDataset request, HttpServletRequest http) {
        var _ = datasets.create(
                Required.field("name", request.name()),
                Required.task(request.task()),
                new DatasetViews.Classes(Required.optional(request.classes()).orElse(List.of())).definitions(),
                Caller.of(http).author());
        return one(request.name());
    }

    @GetMapping(ONE)
    @Operation(operationId = "getDataset", summary = "A data set with its counts and its newest version")
    DatasetViews.DatasetView one(@PathVariable String name) {
        return DatasetViews.DatasetView.of(datasets.summary(name));
    }

    @DeleteMapping(ONE)
    @Operation(
            operationId = "deleteDataset",
            summary = "Delete a data set for good, with its labels, versions and the images that no other data set has",
            description =
                    "This cannot be undone. Files in place stay, since they are their owner's. Models stay, and so do the records of what they learned from, and tombstones.")
    DatasetViews.DeletedView delete(
            @PathVariable String name, @RequestParam(defaultValue = "") String reason, HttpServletRequest http) {
        return DatasetViews.DeletedView.of(
                datasets.deletions().delete(name, Caller.of(http).author(), reason));
    }

    @GetMapping(ALL + "/deleted")
    @Operation(operationId = "listDeletedDatasets", summary = "The data sets that were deleted, the newest first")
    DatasetViews.DeletedList deleted() {
        return new DatasetViews.DeletedList(datasets.deletions().all().stream()
                .map(DatasetViews.DeletedView::of)
                .toList());
    }

    @PutMapping(ONE + "/classes")
    @Operation(
            operationId = "setDatasetClasses",
            summary = "Set the classes, with definitions and examples",
            description =
                    "Refused when a class that labels images is left out. POST …/classes/{class}/rename renames one.")
    DatasetViews.DatasetView classes(@PathVariable String name, @RequestBody DatasetViews.Classes request) {
        var _ = datasets.classes(name, request.definitions());
        return one(name);
    }

    @PostMapping(ONE + "/classes/{label}/rename")
    @Operation(
            operationId = "renameDatasetClass",
            summary = "Give a class another name, in all labels in force and votes as well",
            description =
                    "The name of another class merges the two, and images on which people no longer disagree are decided.")
    DatasetViews.ChangedImages rename(
            @PathVariable String name,
            @PathVariable String label,
            @RequestBody DatasetViews.Rename request,
            HttpServletRequest http) {
        int changed = datasets.renameClass(
                name, label, Required.field("to", request.to()), Caller.of(http).author());
        var _ = labelling.settleDisputed(name);
        return new DatasetViews.ChangedImages(changed);
    }

    @GetMapping(ONE + "/facets")
    @Operation(operationId = "listDatasetFacets", summary = "All tags with the number of images of each value")
    DatasetViews.Facets facets(@PathVariable String name) {
        return DatasetViews.Facets.of(datasets.tags(name));
    }

    @GetMapping(ONE + "/versions")
    @Operation(operationId = "listDatasetVersions", summary = "The versions of a data set, the newest first")
    DatasetViews.VersionList versions(@PathVariable String name) {
        return new DatasetViews.VersionList(
                datasets.versions().log(name).stream()
                        .map(DatasetViews.VersionView::of)
                        .toList(),
                datasets.versions().isChanged(name));
    }

    @PostMapping(ONE + "/versions")
    @Operation(
            operationId = "saveDatasetVersion",
            summary = "Save the present state as a version; the newest one when nothing changed since")
    DatasetViews.VersionView commit(
            @PathVariable String name, @RequestBody DatasetViews.NewVersion request, HttpServletRequest http) {
        return DatasetViews.VersionView.of(datasets.versions()
                .commit(
                        name,
                        Required.field("message", request.message()),
                        Caller.of(http).author()));
    }

    @GetMapping(ONE + "/versions/{before}/diff/{after}")
    @Operation(
            operationId = "compareDatasetVersions",
            summary = "How two versions differ",
            description = "A version is stated by the first digits of its id, its number, or latest.")
    DiffViews.DiffView diff(
            @PathVariable String name,
            @PathVariable String before,
            @PathVariable String after,
            @Parameter(description = "Images to list, 0 to 500") @RequestParam(defaultValue = "100") int limit) {
        if (limit < 0 || limit > MOST_CHANGES) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"limit\" is %d; it must be from 0 to %d.".formatted(limit, MOST_CHANGES));
        }
        SavedVersion one = datasets.versions().version(name, before);
        SavedVersion other = datasets.versions().version(name, after);
        return DiffViews.DiffView.of(one, other, datasets.versions().diff(one, other, limit));
    }

    @PostMapping(ALL + "/forget")
    @Operation(
            operationId = "forgetImages",
            summary = "Erase images everywhere: bytes, annotations, thumbnails, and their states in all versions",
            description =
                    "This cannot be undone. A tombstone with the hash and the models that had learned from the image remains. Files in place stay, since they are their owner's. Golden images in the bundles of models stay; the response names the versions.")
    DatasetViews.ForgottenImages forget(@RequestBody DatasetViews.Forget request, HttpServletRequest http) {
        return DatasetViews.ForgottenImages.of(datasets.forget(
                hashes(Required.field("hashes", request.hashes())),
                Caller.of(http).author(),
                Required.field("reason", request.reason())));
    }

    @GetMapping(ALL + "/tombstones")
    @Operation(operationId = "listTombstones", summary = "What was forgotten on request, the newest first")
    DatasetViews.Tombstones tombstones() {
        return DatasetViews.Tombstones.of(datasets.tombstones());
    }

    static List<ContentHash> hashes(List<String> texts) {
        return texts.stream().map(DatasetsController::hash).toList();
    }

    /** {@code ARGUMENT_INVALID} for anything but 64 hexadecimal digits. */
    public static ContentHash hash(String text) {
        try {
            return ContentHash.parse(text);
        } catch (IllegalArgumentException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"%s\" is not the hash of an image. Use its 64 hexadecimal digits."
                            .formatted(Printable.brief(text)),
                    e);
        }
    }
}
