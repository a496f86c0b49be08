package dev.fovea.runtime.decoding;

import dev.fovea.imaging.Box;
import dev.fovea.imaging.Point;
import dev.fovea.imaging.geometry.Polygon;
import dev.fovea.imaging.geometry.ProbabilityMap;
import dev.fovea.imaging.geometry.RotatedRectangle;
import dev.fovea.imaging.preprocess.ImageTransform;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.OutputTensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * DBNet's map to turned rectangles: cores of probable pixels that touch (at corners too), the minimum-area rectangle
 * around each, its mean probability, and its growth by area · growth / circumference (Liao et al. 2020, section 3.5).
 * Source of the minimum edges: {@code DBPostProcess} of PaddleOCR. Pure.
 */
final class TextMapDecoder {

    /** Cells of the map; a core's rectangle between cell centres must be this long on its shorter edge. */
    private static final double MIN_EDGE = 3;

    private static final double MIN_GROWN_EDGE = 5;

    private final DecoderConfig.TextMap decoder;
    private final ProbabilityMap map;
    private final int height;
    private final int width;

    private TextMapDecoder(DecoderConfig.TextMap decoder, OutputTensor output, ProbabilityMap map) {
        this.decoder = decoder;
        this.map = map;
        this.height = output.length(1);
        this.width = output.length(2);
    }

    /** Best first. */
    static List<TextRegion> regions(
            DecoderConfig.TextMap decoder, Map<String, Tensor> outputs, ImageTransform placement) {
        OutputTensor output = OutputTensor.of(outputs, decoder.output(), 3);
        output.require(output.length(0) == 1, decoder.output(), "[1, height, width]");
        if (output.values().length == 0) {
            return List.of();
        }
        try (ProbabilityMap map = new ProbabilityMap(output.values(), output.length(1), output.length(2))) {
            return new TextMapDecoder(decoder, output, map).all(placement);
        }
    }

    private List<TextRegion> all(ImageTransform placement) {
        List<TextRegion> regions = new ArrayList<>();
        for (List<Point> contour : map.contours(decoder.pixel())) {
            region(RotatedRectangle.around(contour), placement).ifPresent(regions::add);
        }
        regions.sort(Comparator.comparingDouble(TextRegion::confidence).reversed());
        return regions.subList(0, Math.min(regions.size(), decoder.limit()));
    }

    private Optional<TextRegion> region(RotatedRectangle core, ImageTransform placement) {
        double circumference = 2 * (core.width() + core.height());
        if (Math.min(core.width(), core.height()) < MIN_EDGE) {
            return Optional.empty();
        }
        double confidence = map.mean(core.corners().points());
        RotatedRectangle grown = core.grown(core.width() * core.height() * decoder.growth() / circumference);
        if (confidence < decoder.score() || Math.min(grown.width(), grown.height()) < MIN_GROWN_EDGE) {
            return Optional.empty();
        }
        Box image = placement.image().box();
        List<Point> corners = grown.corners().points().stream()
                .map(corner -> placed(corner, placement, image))
                .toList();
        return Optional.of(new TextRegion(confidence, new Polygon(corners)));
    }

    private Point placed(Point corner, ImageTransform placement, Box image) {
        Point point = placement.toImage(new Point(
                (corner.x() + 0.5f) * placement.input().width() / width,
                (corner.y() + 0.5f) * placement.input().height() / height));
        return new Point(Math.clamp(point.x(), image.x1(), image.x2()), Math.clamp(point.y(), image.y1(), image.y2()));
    }
}
