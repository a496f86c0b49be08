package dev.fovea.datasets.exchange.model;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.PreprocessingContract.Orientation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An image and its annotation on the way from or to another tool.
 *
 * @param source the encoded image
 * @param name a path relative to the images' folder, with {@code /} between its parts
 * @param knownSize after EXIF orientation; empty where nothing was stated about it and the file was not read
 * @param split or {@link Split#UNASSIGNED}
 * @param tags further properties, sorted by name
 * @param group images of one object share it; empty where there is none
 * @param value the annotation in force; empty for an image that nobody has annotated
 * @param preFills what models predicted, for people to correct
 */
public record ExchangedImage(
        EncodedSource source,
        String name,
        Optional<ImageSize> knownSize,
        Split split,
        Map<String, String> tags,
        String group,
        Optional<AnnotationValue> value,
        List<PreFill> preFills) {

    public ExchangedImage {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
        preFills = List.copyOf(preFills);
    }

    private static final ImageHeaders HEADERS = new ImageHeaders();

    /** An image without tags, group and pre-fills. */
    public ExchangedImage(
            EncodedSource source, String name, ImageSize size, Split split, Optional<AnnotationValue> value) {
        this(source, name, Optional.of(size), split, Map.of(), "", value, List.of());
    }

    /**
     * The size after EXIF orientation, from the image's header where it is not known.
     *
     * @throws UncheckedIOException when a file cannot be read
     */
    public ImageSize size() {
        return knownSize.orElseGet(() -> {
            try {
                return ImageSize.of(HEADERS.read(source), Orientation.EXIF);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The same image with another annotation. */
    public ExchangedImage withValue(Optional<AnnotationValue> other) {
        return new ExchangedImage(source, name, knownSize, split, tags, group, other, preFills);
    }

    /** The same image under another name. */
    public ExchangedImage withName(String other) {
        return new ExchangedImage(source, other, knownSize, split, tags, group, value, preFills);
    }
}
