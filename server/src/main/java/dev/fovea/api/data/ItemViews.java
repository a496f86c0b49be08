package dev.fovea.api.data;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.fovea.api.traffic.KeepViews;
import dev.fovea.datasets.annotation.AnnotationJson;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ImagePlace;
import dev.fovea.datasets.catalog.ItemAnnotation;
import dev.fovea.datasets.catalog.ItemChange;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.datasets.curation.AddReport;
import dev.fovea.edge.Caller;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.json.Json;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the API shows of the images of data sets and their annotations; field names become snake_case. */
public final class ItemViews {

    private static final Json JSON = Json.of("annotation", ErrorCode.ANNOTATION_INVALID);

    private ItemViews() {}

    /** A page of images. */
    @Schema(name = "DatasetItemPage")
    public record ItemPage(
            List<ItemView> items,

            @Schema(description = "The value of after for the next page; null on the last page")
            Optional<Long> next) {

        static ItemPage of(List<DatasetItem> items, int size) {
            return new ItemPage(
                    items.stream().map(ItemView::of).toList(),
                    items.size() == size ? Optional.of(items.getLast().id()) : Optional.empty());
        }
    }

    /** An image of a data set. */
    @Schema(name = "DatasetItem")
    public record ItemView(
            long id,
            FileView image,
            String split,
            Optional<String> group,
            Instant addedAt,
            Map<String, String> tags,

            @Schema(description = "The label in force; null for an image without one")
            Optional<AnnotationView> annotation) {

        /** An image as it is shown. */
        public static ItemView of(DatasetItem item) {
            return of(item, FileView.of(item, item.source()), item.label().map(AnnotationView::of));
        }

        /** The same for somebody who must not know the label; folders are often named after classes. */
        public static ItemView unlabelled(DatasetItem item) {
            String file =
                    item.source().substring(item.source().replace('\\', '/').lastIndexOf('/') + 1);
            return of(item, FileView.of(item, file), Optional.empty());
        }

        private static ItemView of(DatasetItem item, FileView file, Optional<AnnotationView> annotation) {
            return new ItemView(
                    item.id(), file, item.split().label(), item.group(), item.added(), item.tags(), annotation);
        }
    }

    /** The file of an image. */
    @Schema(name = "DatasetImage")
    public record FileView(
            @Schema(description = "SHA-256 of the file") String hash,

            @Schema(description = "Pixels, upright") int width,
            @Schema(description = "Pixels, upright") int height,
            String format,

            @Schema(description = "Where it came from, such as a path in a folder")
            String source,

            @Schema(description = "Whether the file stays where its owner has it")
            boolean inPlace,

            @Schema(
                    description =
                            "What became of the GPS position in the metadata: absent, erased, erased-when-read (the file stays in place and keeps it) or kept")
            String location,

            @Schema(description = "Regions that were made unrecognizable when the image came in")
            Optional<BlurringViews.BlurringView> blurring) {

        static FileView of(DatasetItem item, String source) {
            return new FileView(
                    item.image().hash().toString(),
                    item.image().size().width(),
                    item.image().size().height(),
                    Json.word(item.image().format()),
                    source,
                    item.image().place() instanceof ImagePlace.InPlace,
                    Json.word(item.image().treatment().location()),
                    item.image().treatment().blurring().map(BlurringViews.BlurringView::of));
        }
    }

    /** A recorded annotation. */
    @Schema(name = "DatasetAnnotation")
    public record AnnotationView(
            long id,
            String annotator,

            @Schema(implementation = ValueViews.ValueView.class)
            JsonNode value,

            Instant createdAt,

            @Schema(description = "Milliseconds that a person took")
            Optional<Long> millis,

            Optional<PrefillView> prefill,

            @Schema(description = "Whether it is the label of the image")
            boolean inForce) {

        /** A recorded annotation as it is shown. */
        public static AnnotationView of(ItemAnnotation annotation) {
            return new AnnotationView(
                    annotation.id(),
                    annotation.content().annotator(),
                    tree(annotation.content().value()),
                    annotation.made(),
                    annotation.content().millis(),
                    annotation.content().prefill().map(PrefillView::of),
                    annotation.inForce());
        }
    }

    /** What a model had filled in. */
    @Schema(name = "AnnotationPrefill")
    public record PrefillView(
            @Schema(implementation = ValueViews.ValueView.class)
            JsonNode value,

            @Schema(description = "Name and version, as shirts:3")
            String model) {

        NewAnnotation.Prefill prefill() {
            return new NewAnnotation.Prefill(
                    AnnotationJson.read(Required.field("prefill.value", value).toString(), "prefill.value"),
                    Required.field("prefill.model", model));
        }

        /** A prediction as it is shown. */
        public static PrefillView of(NewAnnotation.Prefill prefill) {
            return new PrefillView(tree(prefill.value()), prefill.model());
        }
    }

    /** A value as JSON. */
    public static JsonNode tree(AnnotationValue value) {
        return JSON.parse(AnnotationJson.write(value));
    }

    /** An annotation to record. */
    @Schema(name = "NewDatasetAnnotation")
    public record AnnotationRequest(
            @Schema(description = "Chosen by the client; the same id again records nothing new")
            Optional<String> id,

            @Schema(description = "The name of the person; may be left out where the API key has a name")
            Optional<String> annotator,

            @Schema(implementation = ValueViews.ValueView.class)
            JsonNode value,

            @Schema(description = "Milliseconds that the person took")
            Optional<Long> millis,

            Optional<PrefillView> prefill,

            @Schema(description = "The lease of the image; it ends. An expired or unknown one is accepted")
            Optional<String> lease) {

        /** As the data set records it. */
        public NewAnnotation annotation(Caller caller) {
            return new NewAnnotation(
                    caller.annotator(Required.optional(annotator)),
                    AnnotationJson.read(Required.field("value", value).toString(), "value"),
                    Required.optional(millis).map(AnnotationRequest::requireTime),
                    Required.optional(prefill).map(PrefillView::prefill),
                    Required.optional(id));
        }

        private static long requireTime(long millis) {
            if (millis < 0) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID, "\"millis\" is %d; it must be 0 or more.".formatted(millis));
            }
            return millis;
        }
    }

    /** An image with all that is known about it. */
    @Schema(name = "DatasetItemDetails")
    public record Details(
            ItemView item,

            @Schema(description = "All annotations, the oldest first")
            List<AnnotationView> annotations,

            @Schema(description = "Model versions that learned from the image")
            List<String> models,

            @Schema(
                    description =
                            "The label in force as probabilities, and how many people it rests on; null without votes, and for objects")
            Optional<SoftLabelViews.SoftLabelView> softLabel,

            @Schema(description = "The requests that the image came with, where it was kept of a model's traffic")
            List<KeepViews.KeptView> requests) {}

    /** A change of images; what is left out stays. */
    @Schema(name = "DatasetItemChange")
    public record ChangeRequest(
            @Schema(description = "The images to change") List<String> hashes,

            @JsonSetter(contentNulls = Nulls.SET) @Schema(description = "Tags to set; null removes one")
            Optional<Map<String, @Nullable String>> tags,

            @Schema(allowableValues = {"unassigned", "train", "validation", "test"})
            Optional<String> split,

            @Schema(description = "Images of a group stay in one split; an empty text takes images out of theirs")
            Optional<String> group,

            @Schema(description = "Whether the images leave the data set; its versions keep them")
            Optional<Boolean> removed) {

        ItemChange change() {
            SortedMap<String, Optional<String>> values = new TreeMap<>();
            Required.optional(tags).orElse(Map.of()).forEach((name, value) -> {
                if (value == null) {
                    values.put(name, Optional.empty());
                } else {
                    ItemFilter.Tag tag = ItemFilter.Tag.of(name, value);
                    values.put(tag.name(), Optional.of(tag.value()));
                }
            });
            return new ItemChange(
                    values,
                    Required.optional(split).map(Required::split),
                    Required.optional(group),
                    Required.optional(removed).orElse(false));
        }
    }

    /** What adding images came to. */
    @Schema(name = "AddedImages")
    public record AddedImages(
            int added,

            @Schema(description = "Images that the data set had already")
            int repeated,

            @Schema(description = "New images whose GPS position was erased")
            int locationsErased,

            @Schema(description = "Regions that were made unrecognizable in new images")
            int regionsBlurred,

            List<RefusedView> refused,

            @Schema(description = "Added images whose quality is out of bounds, by flag")
            List<AddReport.FlaggedImages> flagged) {}

    /** An image that was not added. */
    @Schema(name = "RefusedImage")
    public record RefusedView(String name, String code, String message) {}
}
