package dev.fovea.datasets.exchange.reading;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.ClassLabels;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image file that is there, with its annotation as stated.
 *
 * @param labels empty for an image that nobody has annotated
 * @param place of the annotation or its image's entry
 */
public record StatedImage(
        Path file,
        Split split,
        StatedFrame frame,
        Optional<StatedLabels> labels,
        List<StatedLabels.OfModel> preFills,
        Map<String, String> tags,
        String group,
        TextPlace place) {

    public StatedImage {
        preFills = List.copyOf(preFills);
        tags = Map.copyOf(tags);
    }

    /** An image without tags, group and pre-fills. */
    public StatedImage(Path file, Split split, StatedFrame frame, Optional<StatedLabels> labels, TextPlace place) {
        this(file, split, frame, labels, List.of(), Map.of(), "", place);
    }

    /** Whether nothing depends on the image's size: the image need not be opened to read its labels. */
    boolean isPlaceless() {
        return preFills.isEmpty()
                && frame.declared().isEmpty()
                && labels.filter(StatedLabels.OfObjects.class::isInstance).isEmpty();
    }

    /** The classes of the image as a whole. */
    Optional<ClassLabels> classes() {
        return labels.filter(StatedLabels.OfImage.class::isInstance)
                .map(StatedLabels.OfImage.class::cast)
                .map(StatedLabels.OfImage::labels);
    }

    /** The objects, without those of pre-fills. */
    List<StatedObject> objects() {
        return labels.filter(StatedLabels.OfObjects.class::isInstance)
                .map(StatedLabels.OfObjects.class::cast)
                .map(StatedLabels.OfObjects::objects)
                .orElse(List.of());
    }
}
