package dev.fovea.cli.predict;

import dev.fovea.imaging.drawing.Mark;
import dev.fovea.runtime.decoding.ClassRegion;
import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.Detection;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.decoding.TextRegion;
import java.util.List;
import java.util.Locale;

/** What is drawn on an image of an answer: things with their labels; nothing where the answer is of the whole. */
final class ImageMarks {

    /** Lines of text have no label; all have one colour. */
    private static final String TEXT = "text";

    private ImageMarks() {}

    static List<Mark> of(PredictionResult result) {
        return result instanceof PredictionResult.ObjectResult(Decoded decoded, List<String> labels)
                ? of(decoded, labels)
                : List.of();
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
