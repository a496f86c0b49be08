package dev.fovea.datasets.exchange.reading;

import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.exchange.model.EncodedSource;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.model.ImageHeaders;
import dev.fovea.datasets.exchange.model.PreFill;
import dev.fovea.datasets.exchange.model.ReadFault;
import dev.fovea.datasets.exchange.model.ReadOptions;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.PreprocessingContract.Orientation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Converts stated images to images with annotations in pixels of the upright image. For one thread. */
final class ImageFitting {

    private static final int MANY = 10_000;

    private final ReadOptions options;
    private final ImageTask task;
    private final Function<Path, String> names;
    private final FindingCounter findings;
    private final ObjectFitting objects;
    private final ImageHeaders headers = new ImageHeaders();
    private final Set<Path> seen = new HashSet<>();

    ImageFitting(ReadOptions options, ImageTask task, Function<Path, String> names, FindingCounter findings) {
        this.options = options;
        this.task = task;
        this.names = names;
        this.findings = findings;
        this.objects = new ObjectFitting(options.boxes(), findings);
    }

    /** Whether the annotations list a file, also when it was left out. */
    boolean hasSeen(Path file) {
        return seen.contains(file);
    }

    /** The image; empty when it is left out, which is counted. */
    Optional<ExchangedImage> fit(StatedImage stated) {
        if (!seen.add(stated.file())) {
            findings.add(
                    ReadFault.ANNOTATED_TWICE, stated.place(), stated.file().toString());
            return Optional.empty();
        }
        if (stated.isPlaceless()) {
            Optional<AnnotationValue> value = stated.classes().map(labels -> TaskReduction.reduce(labels, task));
            return Optional.of(exchanged(stated, Optional.empty(), value, List.of()));
        }
        ImageHeader header;
        try {
            header = headers.read(stated.file());
        } catch (IOException | FoveaException e) {
            findings.add(ReadFault.IMAGE_UNREADABLE, new TextPlace(stated.file(), 0), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
        Optional<ImageSize> size = Optional.of(ImageSize.of(header, Orientation.EXIF));
        Optional<FrameTransform> transform = transform(stated, header);
        return Optional.of(exchanged(
                stated,
                size,
                transform.flatMap(each -> stated.labels().map(labels -> value(labels, each, stated))),
                transform
                        .map(each -> stated.preFills().stream()
                                .map(fill -> new PreFill(value(fill.labels(), each, stated), fill.model()))
                                .toList())
                        .orElse(List.of())));
    }

    private ExchangedImage exchanged(
            StatedImage stated, Optional<ImageSize> size, Optional<AnnotationValue> value, List<PreFill> preFills) {
        return new ExchangedImage(
                new EncodedSource.InFile(stated.file()),
                names.apply(stated.file()),
                size,
                stated.split(),
                stated.tags(),
                stated.group(),
                value,
                preFills);
    }

    private Optional<FrameTransform> transform(StatedImage stated, ImageHeader header) {
        ImageSize upright = ImageSize.of(header, Orientation.EXIF);
        boolean pixels = options.pixels().orElse(stated.frame().pixels());
        if (!pixels) {
            return Optional.of(new FrameTransform(upright.width(), upright.height(), 1, upright));
        }
        ImageSize declared = stated.frame().declared().orElse(upright);
        if (declared.equals(upright)) {
            return Optional.of(new FrameTransform(1, 1, 1, upright));
        }
        ImageSize stored = new ImageSize(header.width(), header.height());
        if (declared.equals(stored)) {
            findings.add(
                    ReadFault.STORED_ORIENTATION, stated.place(), stated.file().toString());
            return Optional.of(new FrameTransform(1, 1, header.orientation(), stored));
        }
        String sizes = "%d×%d instead of %d×%d"
                .formatted(declared.width(), declared.height(), upright.width(), upright.height());
        if (!options.rescale() && !stated.objects().isEmpty()) {
            findings.add(ReadFault.SIZE_DIFFERS, stated.place(), sizes);
            return Optional.empty();
        }
        if (!stated.objects().isEmpty()) {
            findings.add(ReadFault.RESCALED, stated.place(), sizes);
        }
        return Optional.of(new FrameTransform(
                (double) upright.width() / declared.width(),
                (double) upright.height() / declared.height(),
                1,
                upright));
    }

    private AnnotationValue value(StatedLabels labels, FrameTransform transform, StatedImage image) {
        AnnotationValue value = switch (labels) {
            case StatedLabels.OfImage whole -> whole.labels();
            case StatedLabels.OfObjects several -> {
                List<AnnotatedObject> fitted = new ArrayList<>();
                several.objects().forEach(each -> objects.fit(each, transform).ifPresent(fitted::add));
                if (several.objects().size() >= MANY) {
                    findings.add(
                            ReadFault.MANY_OBJECTS,
                            image.place(),
                            "%,d objects on %s".formatted(several.objects().size(), image.file()));
                }
                yield new ObjectLabels(fitted);
            }
        };
        return TaskReduction.reduce(value, task);
    }
}
