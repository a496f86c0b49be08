package dev.fovea.datasets.exchange.xml;

import dev.fovea.datasets.ClassName;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.exchange.model.ExchangeClass;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.model.ReadFault;
import dev.fovea.datasets.exchange.reading.ByteOrderMark;
import dev.fovea.datasets.exchange.reading.FindingCounter;
import dev.fovea.datasets.exchange.reading.FormatFolder;
import dev.fovea.datasets.exchange.reading.FormatReader;
import dev.fovea.datasets.exchange.reading.ImageLookup;
import dev.fovea.datasets.exchange.reading.StatedFrame;
import dev.fovea.datasets.exchange.reading.StatedImage;
import dev.fovea.datasets.exchange.reading.StatedLabels;
import dev.fovea.datasets.exchange.reading.StatedObject;
import dev.fovea.datasets.exchange.reading.TextPlace;
import dev.fovea.datasets.formats.ImageIndex;
import dev.fovea.imaging.ImageSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * CVAT for images 1.1, read image by image. Where a file has tags and no shapes, its images have classes as a whole.
 * Source: docs.cvat.ai, XML annotation format.
 */
public final class CvatReader implements FormatReader {

    private final ImageIndex index;
    private final List<Path> files;
    private final boolean isOfWholeImages;
    private final boolean hasSeveral;

    private CvatReader(FormatFolder folder, List<Path> files) {
        this.index = folder.index();
        this.files = files;
        boolean[] has = new boolean[3];
        files.forEach(file -> {
            try (Stream<XmlElement> images = CvatImages.of(file)) {
                images.forEach(image -> {
                    image.children().forEach(child -> has[child.name().equals("tag") ? 0 : 1] = true);
                    has[2] |= image.all("tag").size() > 1;
                });
            }
        });
        this.isOfWholeImages = has[0] && !has[1];
        this.hasSeveral = has[2];
    }

    /** Recognises a folder by the root element of its XML files. */
    public static Optional<FormatReader> of(FormatFolder folder) {
        List<Path> files = folder.files("xml").stream()
                .filter(file -> XmlFile.hasRoot(file, "annotations"))
                .toList();
        return files.isEmpty() ? Optional.empty() : Optional.of(new CvatReader(folder, files));
    }

    @Override
    public ExchangeFormat format() {
        return ExchangeFormat.CVAT;
    }

    @Override
    public List<ExchangeClass> classes() {
        return files.stream()
                .flatMap(file -> CvatImages.labels(file).stream()
                        .map(name -> new ExchangeClass(ClassName.of(name, file.toString()))))
                .distinct()
                .toList();
    }

    @Override
    public Stream<StatedImage> images(FindingCounter findings) {
        ImageLookup lookup = new ImageLookup(index, findings);
        return files.stream().flatMap(file -> {
            ByteOrderMark.report(file, findings);
            return CvatImages.of(file).flatMap(image -> image(file, image, lookup, findings).stream());
        });
    }

    private Optional<StatedImage> image(Path file, XmlElement image, ImageLookup lookup, FindingCounter findings) {
        TextPlace place = new TextPlace(file, image.line(), "image " + image.attribute("name"));
        String subset = image.attribute("subset");
        String name = image.attribute("name");
        return lookup.named(subset.isEmpty() ? name : subset + "/" + name, place)
                .map(found -> {
                    StatedFrame frame =
                            StatedFrame.pixels(number(image.attribute("width")), number(image.attribute("height")));
                    return new StatedImage(
                            found,
                            split(subset, file, found),
                            frame,
                            isUnlabelled(image)
                                    ? Optional.empty()
                                    : Optional.of(labels(file, image, frame.declared(), findings)),
                            place);
                });
    }

    /** Where each image has at most one tag, one without a tag has not been looked at. */
    private boolean isUnlabelled(XmlElement image) {
        return isOfWholeImages && !hasSeveral && image.all("tag").isEmpty();
    }

    /** By the subset, else by the name of the file, as Datumaro calls it, else by the folder. */
    private Split split(String subset, Path file, Path image) {
        return Stream.of(subset, ImageIndex.stem(file))
                .flatMap(name -> ImageIndex.splitOf(name).stream())
                .filter(split -> split != Split.UNASSIGNED)
                .findFirst()
                .orElseGet(() -> index.split(image));
    }

    private static int number(String text) {
        return text.matches("\\d{1,8}") ? Integer.parseInt(text) : 0;
    }

    private StatedLabels labels(Path file, XmlElement image, Optional<ImageSize> size, FindingCounter findings) {
        if (isOfWholeImages) {
            return new StatedLabels.OfImage(new ClassLabels(
                    image.all("tag").stream()
                            .map(tag ->
                                    ClassName.of(tag.attribute("label"), "Line %d of %s".formatted(tag.line(), file)))
                            .toList(),
                    Map.of()));
        }
        List<StatedObject> objects = new ArrayList<>();
        for (XmlElement each : image.children()) {
            TextPlace place = new TextPlace(file, each.line(), each.name());
            try {
                CvatShapes.object(each, size, place)
                        .ifPresentOrElse(
                                objects::add, () -> findings.add(ReadFault.UNSUPPORTED, place, "a " + each.name()));
            } catch (IllegalArgumentException e) {
                findings.add(ReadFault.OBJECT_INVALID, place, String.valueOf(e.getMessage()));
            }
        }
        return new StatedLabels.OfObjects(objects);
    }
}
