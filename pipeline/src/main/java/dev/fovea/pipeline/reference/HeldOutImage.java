package dev.fovea.pipeline.reference;

import dev.fovea.datasets.LabelledBoxes;
import dev.fovea.traffic.truth.TrueBox;
import dev.fovea.traffic.truth.TrueLabels;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An image that the model did not learn from.
 *
 * @param truth what it shows, where it is labelled
 */
public record HeldOutImage(Path file, Optional<TrueLabels> truth) {

    /** An image of one class. */
    public static HeldOutImage of(Path file, String label) {
        return new HeldOutImage(file, Optional.of(new TrueLabels.TrueLabel(label)));
    }

    /** An image with boxes; what lies outside the image is cut off. */
    public static HeldOutImage of(LabelledBoxes image, List<String> labels) {
        double width = image.size().width();
        double height = image.size().height();
        List<TrueBox> boxes = image.boxes().stream()
                .flatMap(box -> {
                    double left = Math.clamp(box.box().x1() / width, 0, 1);
                    double top = Math.clamp(box.box().y1() / height, 0, 1);
                    double right = Math.clamp(box.box().x2() / width, 0, 1);
                    double bottom = Math.clamp(box.box().y2() / height, 0, 1);
                    return right > left && bottom > top
                            ? Optional.of(new TrueBox(labels.get(box.label()), left, top, right - left, bottom - top))
                                    .stream()
                            : Optional.<TrueBox>empty().stream();
                })
                .toList();
        return new HeldOutImage(image.image(), Optional.of(new TrueLabels.TrueObjects(boxes)));
    }
}
