package dev.fovea.api.data;

import dev.fovea.api.traffic.KeepViews;
import dev.fovea.datasets.IngestProgress;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.curation.AddOptions;
import dev.fovea.datasets.curation.AddReport;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.curation.IncomingImage;
import dev.fovea.edge.Caller;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.metadata.ImageTags;
import dev.fovea.labels.Labelling;
import dev.fovea.pipeline.curation.BlurRequest;
import dev.fovea.pipeline.curation.DetectedRegions;
import dev.fovea.traffic.retention.KeptImageStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** The images of data sets and their annotations. */
@RestController
public final class ItemsController {

    private static final String ALL = "/v1/datasets/{name}/items";
    private static final String ONE = ALL + "/{hash}";
    private static final int MOST_PER_PAGE = 500;

    private final Datasets datasets;
    private final Labelling labelling;
    private final ShownImages files;
    private final KeptImageStore kept;
    private final Function<BlurRequest, DetectedRegions> regions;

    /** @param regions opens the detector that finds what is blurred */
    public ItemsController(
            Datasets datasets,
            Labelling labelling,
            ShownImages files,
            KeptImageStore kept,
            Function<BlurRequest, DetectedRegions> regions) {
        this.kept = kept;
        this.regions = regions;
        this.datasets = datasets;
        this.labelling = labelling;
        this.files = files;
    }

    @GetMapping(ALL)
    @Operation(
            operationId = "listDatasetItems",
            summary = "A page of images that have all stated tags, in the order in which they were added")
    ItemViews.ItemPage items(
            @PathVariable String name,
            @Parameter(description = "NAME=VALUE, any number; class, split and labelled (yes or no) can be stated, too")
                    @RequestParam(required = false)
                    @Nullable
                    List<String> tag,
            @Parameter(description = "next of the page before") @RequestParam(defaultValue = "0") long after,
            @Parameter(description = "Images per page, 1 to 500") @RequestParam(defaultValue = "60") int size) {
        if (size < 1 || size > MOST_PER_PAGE) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"size\" is %d; it must be from 1 to %d.".formatted(size, MOST_PER_PAGE));
        }
        return ItemViews.ItemPage.of(
                datasets.page(name, ItemFilter.parse(tag == null ? List.of() : tag), after, size), size);
    }

    @PostMapping(path = ALL, consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(
            operationId = "addDatasetItems",
            summary = "Add images, each a part called image; one that is there already gets the tags",
            description = "Images that are refused stop nothing: the others are added.")
    ItemViews.AddedImages add(
            @PathVariable String name,
            @RequestParam("image") List<MultipartFile> images,
            @Parameter(description = "train, validation or test") @RequestParam(required = false) @Nullable
                    String split,
            @Parameter(description = "NAME=VALUE, any number") @RequestParam(required = false) @Nullable
                    List<String> tag,
            @Parameter(description = "Keep the GPS position in the metadata; it is erased by default")
                    @RequestParam(name = "keep_location", defaultValue = "false")
                    boolean keepLocation,
            @Parameter(
                            description =
                                    "MODEL[@VERSION][:CLASS,…]: what this detector finds is made unrecognizable before the images are stored")
                    @RequestParam(required = false)
                    @Nullable
                    String blur,
            @Parameter(description = "blur, pixelate or fill")
                    @RequestParam(name = "blur_method", defaultValue = "blur")
                    String blurMethod) {
        SortedMap<String, String> tags = new TreeMap<>();
        ItemFilter.parse(tag == null ? List.of() : tag)
                .tags()
                .forEach(each -> tags.put(each.requireSettable().name(), each.value()));
        var _ = datasets.dataset(name);
        Optional<DetectedRegions> found =
                Optional.ofNullable(blur).map(text -> regions.apply(BlurRequest.parse(text, blurMethod)));
        AddReport report;
        try {
            report = datasets.add(
                    name,
                    images.stream()
                            .map(part -> incoming(part, split == null ? Split.UNASSIGNED : Required.split(split), tags))
                            .toList(),
                    new AddOptions(
                            false,
                            keepLocation ? ImageTags.Location.KEEP : ImageTags.Location.DROP,
                            new TreeMap<>(),
                            found.map(DetectedRegions::blurring)),
                    IngestProgress.SILENT);
        } finally {
            found.ifPresent(DetectedRegions::close);
        }
        return new ItemViews.AddedImages(
                report.counts().added(),
                report.counts().repeated(),
                report.treated().locationsErased(),
                report.treated().regions(),
                report.refused().stream()
                        .map(refused -> new ItemViews.RefusedView(
                                refused.source(), refused.code().name(), refused.message()))
                        .toList(),
                report.flagged());
    }

    private static IncomingImage incoming(MultipartFile part, Split split, SortedMap<String, String> tags) {
        String name = part.getOriginalFilename();
        return new IncomingImage(
                name == null || name.isBlank() ? "upload" : name,
                part::getBytes,
                Optional.empty(),
                split,
                Optional.empty(),
                tags,
                Optional.empty());
    }

    @PatchMapping(ALL)
    @Operation(operationId = "changeDatasetItems", summary = "Set tags, split or group of images, or take them out")
    DatasetViews.ChangedImages change(@PathVariable String name, @RequestBody ItemViews.ChangeRequest request) {
        return new DatasetViews.ChangedImages(datasets.change(
                name, DatasetsController.hashes(Required.field("hashes", request.hashes())), request.change()));
    }

    @GetMapping(ONE)
    @Operation(
            operationId = "getDatasetItem",
            summary = "An image with all annotations, and the model versions that learned from it")
    ItemViews.Details one(@PathVariable String name, @PathVariable String hash) {
        DatasetItem item = datasets.item(name, DatasetsController.hash(hash));
        return new ItemViews.Details(
                ItemViews.ItemView.of(item),
                datasets.annotations(item).stream()
                        .map(ItemViews.AnnotationView::of)
                        .toList(),
                datasets.learners(item.image().hash()),
                labelling.softLabel(name, item).map(SoftLabelViews.SoftLabelView::of),
                kept.ofImage(name, item.image().hash().toString()).stream()
                        .map(KeepViews.KeptView::of)
                        .toList());
    }

    @GetMapping(path = ONE + "/image", produces = MediaType.ALL_VALUE)
    @Operation(
            operationId = "getDatasetImage",
            summary = "The file of an image as it was added; a TIFF or PNM file as PNG")
    ResponseEntity<byte[]> image(@PathVariable String name, @PathVariable String hash) {
        return response(
                files.shown(datasets.item(name, DatasetsController.hash(hash)).image()));
    }

    @GetMapping(path = ONE + "/thumbnail", produces = MediaType.IMAGE_JPEG_VALUE)
    @Operation(operationId = "getDatasetThumbnail", summary = "A small upright JPEG of an image")
    ResponseEntity<byte[]> thumbnail(@PathVariable String name, @PathVariable String hash) {
        return response(files.thumbnail(
                datasets.item(name, DatasetsController.hash(hash)).image()));
    }

    /** A hash always names the same bytes. */
    private static ResponseEntity<byte[]> response(ShownImages.ShownImage image) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(image.mediaType()))
                .cacheControl(
                        CacheControl.maxAge(Duration.ofDays(1)).cachePrivate().immutable())
                .body(image.bytes());
    }

    @PostMapping(ONE + "/annotations")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "annotateDatasetItem",
            summary = "Record an annotation by a person; earlier ones are kept",
            description =
                    "It becomes the label of the image, unless several people label each image or the lease had expired and somebody else labelled it.")
    ItemViews.AnnotationView annotate(
            @PathVariable String name,
            @PathVariable String hash,
            @RequestBody ItemViews.AnnotationRequest request,
            HttpServletRequest http) {
        return ItemViews.AnnotationView.of(labelling.annotate(
                name,
                DatasetsController.hash(hash),
                request.annotation(Caller.of(http)),
                Required.optional(request.lease())));
    }
}
