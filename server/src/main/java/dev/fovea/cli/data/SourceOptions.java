package dev.fovea.cli.data;

import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.curation.AddOptions;
import dev.fovea.datasets.exchange.model.BoxReading;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.model.ReadOptions;
import dev.fovea.imaging.metadata.ImageTags;
import dev.fovea.pipeline.curation.BlurRequest;
import dev.fovea.pipeline.curation.DetectedRegions;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a folder is read and its images are added. */
final class SourceOptions {

    @Option(
            names = "--in-place",
            description = "Leave the files where they are; their content is checked when they are read.")
    private boolean inPlace;

    @Option(
            names = "--keep-location",
            description =
                    "Keep the GPS position in the metadata of images, and make it tags. By default it is erased from the stored bytes; with --in-place, from the bytes that are read.")
    private boolean keepLocation;

    @Option(
            names = "--blur",
            paramLabel = "MODEL[@VERSION][:CLASS,…]",
            description =
                    "Make what a detector finds unrecognizable before images are stored: all of its classes, or those stated. The originals are not kept.")
    private @Nullable String blur;

    @Option(
            names = "--blur-method",
            paramLabel = "blur|pixelate|fill",
            description = "How: a Gaussian blur, large squares, or black (default: ${DEFAULT-VALUE}).")
    private String blurMethod = "blur";

    @Option(
            names = "--tag",
            paramLabel = "NAME=VALUE",
            description = "A tag of all images. May be given several times.")
    private List<String> tags = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "The format of the annotations, where it is not recognised: coco, yolo, voc, cvat, label-studio, datumaro, masks, open-images, csv, folders.")
    private @Nullable String format;

    @Option(names = "--rescale", description = "Scale boxes that are stated for an image of another size.")
    private boolean rescale;

    @Option(
            names = "--boxes",
            paramLabel = "xywh|xyxy|cxcywh",
            description = "What the four numbers of a box are, where the file does not follow its format.")
    private @Nullable BoxReading boxes;

    @Option(
            names = "--pixels",
            arity = "1",
            paramLabel = "true|false",
            description =
                    "Whether coordinates are pixels, or shares of the edges, where the file does not follow its format.")
    private @Nullable Boolean pixels;

    @Option(
            names = "--class-shift",
            paramLabel = "N",
            description = "Added to each class number, such as -1 (default: 0).")
    private int classShift;

    ReadOptions reading(Optional<ImageTask> task) {
        return new ReadOptions(
                rescale,
                Optional.ofNullable(boxes),
                Optional.ofNullable(pixels),
                classShift,
                task,
                Optional.ofNullable(format).map(word -> ExchangeFormat.named(word, task.orElse(ImageTask.DETECTION))));
    }

    /** What is blurred. */
    Optional<BlurRequest> blurring() {
        return Optional.ofNullable(blur).map(text -> BlurRequest.parse(text, blurMethod));
    }

    AddOptions adding(Optional<DetectedRegions> regions) {
        return new AddOptions(
                inPlace,
                keepLocation ? ImageTags.Location.KEEP : ImageTags.Location.DROP,
                tags(tags),
                regions.map(DetectedRegions::blurring));
    }

    boolean isInPlace() {
        return inPlace;
    }

    /** Tags that a person may set. */
    static SortedMap<String, String> tags(List<String> texts) {
        SortedMap<String, String> tags = new TreeMap<>();
        ItemFilter.parse(texts)
                .tags()
                .forEach(tag -> tags.put(tag.requireSettable().name(), tag.value()));
        return tags;
    }
}
