package dev.fovea.datasets.formats;

import dev.fovea.datasets.IgnoredRegion;
import dev.fovea.datasets.LabelledBox;
import dev.fovea.datasets.LabelledBoxes;
import dev.fovea.datasets.formats.Annotated.Frame;
import dev.fovea.datasets.formats.Annotated.Stated;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Box;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.PreprocessingContract.Orientation;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Converts annotated boxes to pixels of the upright image. A box that exceeds the image by up to 1 % of the edge is
 * clipped and counted; any other is an error. Centre and size are tested. The tolerance is that of Ultralytics 8.4,
 * {@code verify_image_label}.
 */
final class BoxFitting {

    private static final double TOLERANCE = 0.01;

    /** Smaller changes by rounding are not reported. */
    private static final double ROUNDING = 1e-4;

    private final ClassMapping classes;
    private final DetectionFindings.Counter counter;
    private final Decoder decoder = new Decoder(ImageLimits.DEFAULT);

    BoxFitting(ClassMapping classes, DetectionFindings.Counter counter) {
        this.classes = classes;
        this.counter = counter;
    }

    /** Empty when the image cannot be read, which is counted. Only the image's header is read. */
    Optional<LabelledBoxes> fit(Annotated annotated) {
        ImageHeader header;
        try {
            header = decoder.header(Files.readAllBytes(annotated.image()));
        } catch (IOException | FoveaException e) {
            counter.unreadable(annotated.image(), e);
            return Optional.empty();
        }
        ImageSize upright = ImageSize.of(header, Orientation.EXIF);
        Transform transform = transform(annotated, header, upright);
        List<LabelledBox> boxes = new ArrayList<>();
        List<IgnoredRegion> ignored = new ArrayList<>();
        for (Stated stated : annotated.boxes()) {
            Optional<Integer> label = classes.label(stated);
            Optional<Box> box = label.isEmpty() ? Optional.empty() : box(stated, transform, upright);
            if (box.isPresent()) {
                switch (stated.mark()) {
                    case NONE -> boxes.add(new LabelledBox(label.orElseThrow(), box.orElseThrow()));
                    case CROWD -> ignored.add(new IgnoredRegion(label.orElseThrow(), box.orElseThrow(), true));
                    case DIFFICULT -> ignored.add(new IgnoredRegion(label.orElseThrow(), box.orElseThrow(), false));
                }
            }
        }
        counter.ignored(ignored.size());
        return Optional.of(new LabelledBoxes(annotated.image(), upright, boxes, ignored));
    }

    /** Scale to pixels of the image, as stored where it must be turned upright afterwards. */
    private record Transform(double scaleX, double scaleY, int orientation, ImageSize size) {}

    private Transform transform(Annotated annotated, ImageHeader header, ImageSize upright) {
        return switch (annotated.frame()) {
            case Frame.Shares() -> {
                counter.oriented(header.orientation());
                yield new Transform(upright.width(), upright.height(), 1, upright);
            }
            case Frame.Pixels(Optional<ImageSize> declared) ->
                declared.map(size -> declared(annotated, size, header, upright)).orElseGet(() -> {
                    counter.oriented(header.orientation());
                    return new Transform(1, 1, 1, upright);
                });
        };
    }

    private Transform declared(Annotated annotated, ImageSize declared, ImageHeader header, ImageSize upright) {
        ImageSize stored = new ImageSize(header.width(), header.height());
        if (declared.equals(upright)) {
            counter.oriented(header.orientation());
            return new Transform(1, 1, 1, upright);
        }
        if (declared.equals(stored)) {
            counter.storedOrientation();
            return new Transform(1, 1, header.orientation(), stored);
        }
        double scaleX = (double) upright.width() / declared.width();
        double scaleY = (double) upright.height() / declared.height();
        if (Math.abs(scaleX / scaleY - 1) > 2.0 / Math.min(declared.width(), declared.height())) {
            throw invalid(
                    "%s states boxes for %d×%d pixels, and the image has %d×%d: no common scale. Export the annotations again from the images that are there."
                            .formatted(
                                    annotated.image(),
                                    declared.width(),
                                    declared.height(),
                                    upright.width(),
                                    upright.height()));
        }
        counter.scaled(declared, upright);
        return new Transform(scaleX, scaleY, 1, upright);
    }

    private Optional<Box> box(Stated stated, Transform transform, ImageSize upright) {
        double[] edges = {
            stated.x1() * transform.scaleX(),
            stated.y1() * transform.scaleY(),
            stated.x2() * transform.scaleX(),
            stated.y2() * transform.scaleY()
        };
        requireInside(stated, edges, transform.size());
        if (edges[2] <= edges[0] || edges[3] <= edges[1]) {
            counter.empty(stated.where());
            return Optional.empty();
        }
        double beyond = beyond(edges, transform.size());
        Box box = new Box((float) edges[0], (float) edges[1], (float) edges[2], (float) edges[3])
                .within(transform.size().box());
        if (box.isEmpty()) {
            counter.empty(stated.where());
            return Optional.empty();
        }
        if (beyond > ROUNDING) {
            counter.clipped(beyond, stated.where());
        }
        return Optional.of(upright(box, transform.orientation(), upright));
    }

    private static void requireInside(Stated stated, double[] edges, ImageSize size) {
        boolean inside = isWithin((edges[0] + edges[2]) / 2, size.width())
                && isWithin((edges[1] + edges[3]) / 2, size.height())
                && edges[2] - edges[0] <= size.width() * (1 + TOLERANCE)
                && edges[3] - edges[1] <= size.height() * (1 + TOLERANCE);
        if (!inside) {
            throw invalid(
                    "%s is a box outside its image: (%.1f, %.1f) to (%.1f, %.1f) in %d×%d pixels. Correct the annotation."
                            .formatted(
                                    stated.where(),
                                    edges[0],
                                    edges[1],
                                    edges[2],
                                    edges[3],
                                    size.width(),
                                    size.height()));
        }
    }

    private static boolean isWithin(double center, int edge) {
        return center >= -TOLERANCE * edge && center <= (1 + TOLERANCE) * edge;
    }

    /** The largest share of an edge by which a box reaches beyond it. */
    private static double beyond(double[] edges, ImageSize size) {
        double x = Math.max(-edges[0], edges[2] - size.width()) / size.width();
        double y = Math.max(-edges[1], edges[3] - size.height()) / size.height();
        return Math.max(x, y);
    }

    /** A box of the stored image in the upright one. Source: EXIF 2.32, tag 274. */
    private static Box upright(Box box, int orientation, ImageSize size) {
        float w = size.width();
        float h = size.height();
        return switch (orientation) {
            case 2 -> new Box(w - box.x2(), box.y1(), w - box.x1(), box.y2());
            case 3 -> new Box(w - box.x2(), h - box.y2(), w - box.x1(), h - box.y1());
            case 4 -> new Box(box.x1(), h - box.y2(), box.x2(), h - box.y1());
            case 5 -> new Box(box.y1(), box.x1(), box.y2(), box.x2());
            case 6 -> new Box(w - box.y2(), box.x1(), w - box.y1(), box.x2());
            case 7 -> new Box(w - box.y2(), h - box.x2(), w - box.y1(), h - box.x1());
            case 8 -> new Box(box.y1(), h - box.x2(), box.y2(), h - box.x1());
            default -> box;
        };
    }

    static FoveaException invalid(String message) {
        return new FoveaException(ErrorCode.DATASET_INVALID, message);
    }
}
