package dev.fovea.cli.predict;

import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.drawing.Mark;
import dev.fovea.imaging.geometry.HeatMap;
import dev.fovea.imaging.geometry.Mask;
import dev.fovea.imaging.geometry.MaskBuilder;
import dev.fovea.runtime.decoding.ClassRegion;
import dev.fovea.runtime.decoding.Classification;
import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.Detection;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.decoding.TextRegion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is drawn on an image of an answer: things with their labels; nothing where the answer is of the whole. */
final class ImageMarks {

    /** Lines of text have no label; all have one colour. */
    private static final String TEXT = "text";

    /** What is drawn where a heat map is above its threshold. */
    private static final String HOT = "anomalous";

    private static final double THRESHOLD = 0.5;

    private ImageMarks() {}

    /**
     * The marks.
     *
     * @param size of the image
     */
    static List<Mark> of(PredictionResult result, ImageSize size) {
        return switch (result) {
            case PredictionResult.ObjectResult(Decoded decoded, List<String> labels) -> of(decoded, labels);
            case PredictionResult.LabelResult(Classification _, Optional<HeatMap> heatMap) ->
                heatMap.map(map -> hot(map, size))
                        .filter(mask -> mask.area() > 0)
                        .<List<Mark>>map(mask -> List.of(new Mark.Covered(HOT, HOT, mask)))
                        .orElse(List.of());
            case PredictionResult.MultiLabelResult _,
                    PredictionResult.MultiTaskResult _,
                    PredictionResult.EmbeddingResult _,
                    PredictionResult.TensorResult _ -> List.of();
        };
    }

    /** The pixels of the cells above the threshold. */
    private static Mask hot(HeatMap map, ImageSize size) {
        MaskBuilder mask = new MaskBuilder(size);
        for (int x = 0; x < size.width(); x++) {
            int column = (int) ((long) x * map.size().width() / size.width());
            for (int y = 0; y < size.height(); y++) {
                int row = (int) ((long) y * map.size().height() / size.height());
                if (map.at(row, column) > THRESHOLD) {
                    mask.add(x * size.height() + y, 1);
                }
            }
        }
        return mask.build();
    }

    private static List<Mark> of(Decoded decoded, List<String> labels) {
        return switch (decoded) {
            case Decoded.Detections(List<Detection> found) ->
                found.stream().map(one -> boxed(one, labels.get(one.label()))).toList();
            case Decoded.TextRegions(List<TextRegion> regions) ->
                regions.stream()
                        .<Mark>map(region -> new Mark.Outlined(TEXT, "", region.outline()))
                        .toList();
            case Decoded.ClassRegions(List<ClassRegion> regions) ->
                regions.stream()
                        .map(region -> covered(region, labels.get(region.label())))
                        .toList();
        };
    }

    private static Mark boxed(Detection detection, String label) {
        String caption = String.format(Locale.ROOT, "%s %.2f", label, detection.confidence());
        return new Mark.Boxed(label, caption, detection.box(), detection.mask());
    }

    private static Mark covered(ClassRegion region, String label) {
        return new Mark.Covered(label, label, region.mask());
    }
}
