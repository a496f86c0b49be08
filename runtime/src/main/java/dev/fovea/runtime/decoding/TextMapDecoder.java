package dev.fovea.runtime.decoding;

import dev.fovea.imaging.Box;
import dev.fovea.imaging.Point;
import dev.fovea.imaging.geometry.Polygon;
import dev.fovea.imaging.geometry.RotatedRectangle;
import dev.fovea.imaging.preprocess.ImageTransform;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.OutputTensor;
import java.util.ArrayDeque;
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
    private final float[] map;
    private final int height;
    private final int width;
    private final boolean[] seen;

    private TextMapDecoder(DecoderConfig.TextMap decoder, OutputTensor output) {
        this.decoder = decoder;
        this.map = output.values();
        this.height = output.length(1);
        this.width = output.length(2);
        this.seen = new boolean[map.length];
    }

    /** Best first. */
    static List<TextRegion> regions(
            DecoderConfig.TextMap decoder, Map<String, Tensor> outputs, ImageTransform placement) {
        OutputTensor output = OutputTensor.of(outputs, decoder.output(), 3);
        output.require(output.length(0) == 1, decoder.output(), "[1, height, width]");
        return new TextMapDecoder(decoder, output).all(placement);
    }

    private List<TextRegion> all(ImageTransform placement) {
        List<TextRegion> regions = new ArrayList<>();
        for (int i = 0; i < map.length; i++) {
            if (belongs(i) && !seen[i]) {
                region(RotatedRectangle.around(core(i)), placement).ifPresent(regions::add);
            }
        }
        regions.sort(Comparator.comparingDouble(TextRegion::confidence).reversed());
        return regions.subList(0, Math.min(regions.size(), decoder.limit()));
    }

    private Optional<TextRegion> region(RotatedRectangle core, ImageTransform placement) {
        double circumference = 2 * (core.width() + core.height());
        if (Math.min(core.width(), core.height()) < MIN_EDGE) {
            return Optional.empty();
        }
        double confidence = mean(core);
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
                corner.x() * placement.input().width() / width,
                corner.y() * placement.input().height() / height));
        return new Point(Math.clamp(point.x(), image.x1(), image.x2()), Math.clamp(point.y(), image.y1(), image.y2()));
    }

    /** The centres of those cells of a core that touch its outside. */
    private List<Point> core(int start) {
        List<Point> edge = new ArrayList<>();
        ArrayDeque<Integer> open = new ArrayDeque<>(List.of(start));
        seen[start] = true;
        while (!open.isEmpty()) {
            int cell = open.removeLast();
            int column = cell % width;
            int row = cell / width;
            int around = 0;
            for (int dy = -1; dy <= 1; dy++) {
                for (int dx = -1; dx <= 1; dx++) {
                    int x = column + dx;
                    int y = row + dy;
                    int next = y * width + x;
                    if (x >= 0 && y >= 0 && x < width && y < height && belongs(next)) {
                        around++;
                        if (!seen[next]) {
                            seen[next] = true;
                            open.add(next);
                        }
                    }
                }
            }
            if (around < 9) {
                edge.add(new Point(column + 0.5f, row + 0.5f));
            }
        }
        return edge;
    }

    private boolean belongs(int cell) {
        return map[cell] > decoder.pixel();
    }

    /**
     * Mean probability of the cells in the rectangle, as {@code box_score_fast} of PaddleOCR fills it: corners cut to
     * whole cells, its edges drawn half a cell thick to either side.
     */
    private double mean(RotatedRectangle rectangle) {
        List<Point> corners = rectangle.corners().points().stream()
                .map(corner -> new Point(
                        Math.clamp((int) (corner.x() - 0.5f), 0, width - 1),
                        Math.clamp((int) (corner.y() - 0.5f), 0, height - 1)))
                .toList();
        Box extent = new Polygon(corners).extent();
        double sum = 0;
        int cells = 0;
        for (int y = (int) extent.y1(); y <= (int) extent.y2(); y++) {
            for (int x = (int) extent.x1(); x <= (int) extent.x2(); x++) {
                if (filled(corners, x, y)) {
                    sum += map[y * width + x];
                    cells++;
                }
            }
        }
        return sum / cells;
    }

    /** Whether a cell lies on the right hand of every edge, or within half a cell of it. */
    private static boolean filled(List<Point> corners, int x, int y) {
        Point from = corners.getLast();
        for (Point to : corners) {
            double dx = (double) to.x() - from.x();
            double dy = (double) to.y() - from.y();
            double right = dx * (y - from.y()) - dy * (x - from.x());
            if (right < -0.5 * Math.max(Math.abs(dx), Math.abs(dy))) {
                return false;
            }
            from = to;
        }
        return true;
    }
}
