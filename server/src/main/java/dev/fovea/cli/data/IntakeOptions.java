package dev.fovea.cli.data;

import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.curation.AddOptions;
import dev.fovea.imaging.metadata.ImageTags;
import dev.fovea.pipeline.curation.BlurRequest;
import dev.fovea.pipeline.curation.DetectedRegions;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How images come into a data set. */
final class IntakeOptions {

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
