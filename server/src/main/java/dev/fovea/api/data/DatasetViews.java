package dev.fovea.api.data;

import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.DatasetCatalog;
import dev.fovea.datasets.catalog.SavedVersion;
import dev.fovea.datasets.catalog.VersionStore;
import dev.fovea.datasets.curation.ForgottenImage;
import dev.fovea.json.Json;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** What the API shows of data sets and their versions; field names become snake_case. */
public final class DatasetViews {

    private DatasetViews() {}

    /** All data sets. */
    @Schema(name = "DatasetList")
    public record DatasetList(List<DatasetView> datasets) {}

    /** A data set. */
    @Schema(name = "Dataset")
    public record DatasetView(
            String name,

            @Schema(
                    allowableValues = {
                        "classification",
                        "multi-label",
                        "detection",
                        "instance-segmentation",
                        "semantic-segmentation"
                    })
            String task,

            @Schema(description = "What people are to answer about each image; empty until it is stated")
            String question,

            List<ClassView> classes,
            long items,
            long labelled,

            @Schema(description = "The newest version; null when none was saved")
            Optional<VersionView> version,

            Instant createdAt) {

        static DatasetView of(DatasetCatalog.DatasetSummary summary) {
            return new DatasetView(
                    summary.dataset().name(),
                    Json.word(summary.dataset().task()),
                    summary.dataset().question().text(),
                    summary.dataset().classes().stream().map(ClassView::of).toList(),
                    summary.items(),
                    summary.labelled(),
                    summary.head().map(VersionView::of),
                    summary.dataset().created());
        }
    }

    /** A class. */
    @Schema(name = "DatasetClass")
    public record ClassView(
            String name,

            @Schema(description = "When it applies, for annotators")
            Optional<String> definition,

            @Schema(description = "Hashes of images that show it")
            Optional<List<String>> examples,

            @Schema(description = "Hashes of images that seem to show it and do not")
            Optional<List<String>> counterExamples) {

        /** A class. */
        public static ClassView of(ClassDefinition definition) {
            return new ClassView(
                    definition.name(),
                    Optional.of(definition.definition()),
                    Optional.of(definition.examples()),
                    Optional.of(definition.counterExamples()));
        }

        /** The class that a request states. */
        public ClassDefinition defined() {
            return new ClassDefinition(
                    Required.field("name", name),
                    Required.optional(definition).orElse(""),
                    Required.optional(examples).orElse(List.of()),
                    Required.optional(counterExamples).orElse(List.of()));
        }
    }

    /** A new data set. */
    @Schema(name = "NewDataset")
    public record NewDataset(
            String name,

            @Schema(
                    allowableValues = {
                        "classification",
                        "multi-label",
                        "detection",
                        "instance-segmentation",
                        "semantic-segmentation"
                    })
            String task,

            Optional<List<ClassView>> classes) {}

    /** The classes of a data set. */
    @Schema(name = "DatasetClasses")
    public record Classes(List<ClassView> classes) {
        List<ClassDefinition> definitions() {
            return Required.field("classes", classes).stream()
                    .map(ClassView::defined)
                    .toList();
        }
    }

    /** Another name of a class. */
    @Schema(name = "ClassRename")
    public record Rename(String to) {}

    /** The number of images that a request changed. */
    @Schema(name = "ChangedImages")
    public record ChangedImages(int images) {}

    /** Tags with the number of images of each value. */
    @Schema(name = "DatasetFacets")
    public record Facets(List<Facet> tags) {

        static Facets of(SortedMap<String, SortedMap<String, Long>> tags) {
            return new Facets(tags.entrySet().stream()
                    .map(tag -> new Facet(
                            tag.getKey(),
                            tag.getValue().entrySet().stream()
                                    .map(value -> new FacetValue(value.getKey(), value.getValue()))
                                    .toList()))
                    .toList());
        }
    }

    /** A tag and its values. */
    @Schema(name = "DatasetFacet")
    public record Facet(
            @Schema(description = "class, split and labelled are derived")
            String name,

            List<FacetValue> values) {}

    /** A value of a tag. */
    @Schema(name = "DatasetFacetValue")
    public record FacetValue(String value, long count) {}

    /** The versions of a data set, the newest first. */
    @Schema(name = "DatasetVersionList")
    public record VersionList(
            List<VersionView> versions,

            @Schema(description = "Whether something changed since the newest version")
            boolean changed) {}

    /** A version. */
    @Schema(name = "DatasetVersion")
    public record VersionView(
            int number,

            @Schema(description = "Hash of its content; equal content has an equal id")
            String id,

            String message,
            String author,
            Instant createdAt,
            long items,
            long labelled) {

        static VersionView of(SavedVersion version) {
            return new VersionView(
                    version.number(),
                    version.id(),
                    version.note().message(),
                    version.note().author(),
                    version.note().created(),
                    version.items(),
                    version.labelled());
        }
    }

    /** A version to save. */
    @Schema(name = "NewDatasetVersion")
    public record NewVersion(String message) {}

    /** Data sets that were deleted, the newest first. */
    @Schema(name = "DeletedDatasetList")
    public record DeletedList(List<DeletedView> datasets) {}

    /** Evidence of a data set that was deleted. */
    @Schema(name = "DeletedDataset")
    public record DeletedView(
            String name,
            Instant deletedAt,
            String deletedBy,

            @Schema(description = "In the requester's words; may be empty")
            String reason,

            @Schema(description = "Number of images it had") long items,

            @Schema(description = "Number of versions it had")
            int versions) {

        static DeletedView of(DatasetCatalog.DeletedDataset deleted) {
            return new DeletedView(
                    deleted.name(),
                    deleted.deleted(),
                    deleted.by(),
                    deleted.reason(),
                    deleted.items(),
                    deleted.versions());
        }
    }

    /** Images to forget. */
    @Schema(name = "ForgetRequest")
    public record Forget(List<String> hashes, String reason) {}

    /** Images that were forgotten. */
    @Schema(name = "ForgottenImageList")
    public record ForgottenImages(List<ForgottenView> images) {
        static ForgottenImages of(List<ForgottenImage> images) {
            return new ForgottenImages(images.stream()
                    .map(each -> new ForgottenView(TombstoneView.of(each.tombstone()), each.golden()))
                    .toList());
        }
    }

    /** An image that was forgotten. */
    @Schema(name = "ForgottenImage")
    public record ForgottenView(
            TombstoneView tombstone,

            @Schema(
                    description =
                            "Model versions whose bundle keeps the image among its golden images, or cannot be read. Delete them, or train and register the model again")
            List<String> golden) {}

    /** Evidence of what was forgotten. */
    @Schema(name = "TombstoneList")
    public record Tombstones(List<TombstoneView> tombstones) {
        static Tombstones of(List<VersionStore.Tombstone> tombstones) {
            return new Tombstones(tombstones.stream().map(TombstoneView::of).toList());
        }
    }

    /** Evidence of an image that was forgotten. */
    @Schema(name = "Tombstone")
    public record TombstoneView(
            String hash,
            Instant forgottenAt,
            String forgottenBy,
            String reason,

            @Schema(description = "Model versions that had learned from the image")
            List<String> models) {

        static TombstoneView of(VersionStore.Tombstone tombstone) {
            return new TombstoneView(
                    tombstone.image().toString(),
                    tombstone.forgotten(),
                    tombstone.by(),
                    tombstone.reason(),
                    tombstone.models());
        }
    }
}
