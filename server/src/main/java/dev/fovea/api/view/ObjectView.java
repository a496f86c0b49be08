package dev.fovea.api.view;

import dev.fovea.imaging.Box;
import dev.fovea.imaging.geometry.Mask;
import dev.fovea.imaging.geometry.Polygon;
import dev.fovea.runtime.decoding.ClassRegion;
import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.Detection;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.decoding.TextRegion;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/**
 * One thing in an image.
 *
 * @param label what it is; empty for text
 * @param confidence of that; empty for the regions of a label for every pixel
 * @param box around it
 * @param mask its pixels, where the model tells them
 * @param polygons its outline: x and y of one corner after another
 */
@Schema(name = "FoundObject")
public record ObjectView(
        Optional<String> label,
        Optional<Double> confidence,
        BoxView box,
        Optional<MaskView> mask,
        List<List<Float>> polygons) {

    private static final double STEPS = 1e6;
    private static final double PIXEL_STEPS = 100;

    /** Edges in pixels of the upright image; the right and lower ones stand just outside. */
    @Schema(name = "Box")
    public record BoxView(double x1, double y1, double x2, double y2) {
        static BoxView of(Box box) {
            return new BoxView(pixel(box.x1()), pixel(box.y1()), pixel(box.x2()), pixel(box.y2()));
        }

        private static double pixel(float value) {
            return Math.rint(value * PIXEL_STEPS) / PIXEL_STEPS;
        }
    }

    /**
     * Run lengths as COCO writes them.
     *
     * @param size height and width
     * @param counts COCO's compressed text
     * @param area pixels
     */
    @Schema(name = "Mask")
    public record MaskView(List<Integer> size, String counts, long area) {
        static MaskView of(Mask mask) {
            return new MaskView(List.of(mask.size().height(), mask.size().width()), mask.compressed(), mask.area());
        }
    }

    static List<ObjectView> of(PredictionResult.ObjectResult objects) {
        return switch (objects.decoded()) {
            case Decoded.Detections(List<Detection> found) ->
                found.stream().map(detection -> of(detection, objects.labels())).toList();
            case Decoded.TextRegions(List<TextRegion> regions) ->
                regions.stream().map(ObjectView::of).toList();
            case Decoded.ClassRegions(List<ClassRegion> regions) ->
                regions.stream().map(region -> of(region, objects.labels())).toList();
        };
    }

    private static ObjectView of(Detection detection, List<String> labels) {
        return new ObjectView(
                Optional.of(labels.get(detection.label())),
                Optional.of(Math.rint(detection.confidence() * STEPS) / STEPS),
                BoxView.of(detection.box()),
                detection.mask().map(MaskView::of),
                detection.mask().map(mask -> corners(mask.outlines())).orElse(List.of()));
    }

    private static ObjectView of(TextRegion region) {
        return new ObjectView(
                Optional.empty(),
                Optional.of(Math.rint(region.confidence() * STEPS) / STEPS),
                BoxView.of(region.outline().extent()),
                Optional.empty(),
                corners(List.of(region.outline())));
    }

    private static ObjectView of(ClassRegion region, List<String> labels) {
        return new ObjectView(
                Optional.of(labels.get(region.label())),
                Optional.empty(),
                BoxView.of(region.mask().extent()),
                Optional.of(MaskView.of(region.mask())),
                corners(region.mask().outlines()));
    }

    private static List<List<Float>> corners(List<Polygon> outlines) {
        return outlines.stream().map(Polygon::coordinates).toList();
    }
}
