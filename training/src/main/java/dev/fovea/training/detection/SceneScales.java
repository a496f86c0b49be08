package dev.fovea.training.detection;

import dev.fovea.datasets.LabelledBox;
import dev.fovea.training.detection.SeenImages.SeenImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * How much larger or smaller than in their images objects are shown: about as much as the objects of a class differ
 * among each other. A camera at a fixed distance shows them at one size, and steps on others are wasted.
 *
 * @param min of the scale, as a logarithm
 * @param max of the scale, as a logarithm
 */
record SceneScales(double min, double max) {

    /** Standard deviations of the sizes within a class to either side. */
    private static final double REACH = 1.5;

    private static final double LEAST = 0.1;
    private static final double SMALLEST = Math.log(0.5);
    private static final double LARGEST = Math.log(1.3);

    /** The range for images; the widest without objects. */
    static SceneScales of(SeenImages images) {
        Map<Integer, Sums> byClass = new HashMap<>();
        for (SeenImage image : images.images()) {
            for (LabelledBox object : image.scene().objects()) {
                double size = Math.log(object.box().area()) / 2;
                byClass.merge(object.label(), new Sums(1, size, size * size), Sums::and);
            }
        }
        List<Sums> several =
                byClass.values().stream().filter(each -> each.count > 1).toList();
        if (several.isEmpty()) {
            return new SceneScales(SMALLEST, LARGEST);
        }
        double squares = several.stream().mapToDouble(Sums::deviations).sum();
        double freedom = several.stream().mapToDouble(each -> each.count - 1).sum();
        double reach = Math.max(LEAST, REACH * Math.sqrt(squares / freedom));
        double smallest = Math.max(SMALLEST, -reach);
        double largest = Math.min(LARGEST, reach);
        return new SceneScales(smallest, largest);
    }

    /** Logarithms of the sizes of a class. */
    private record Sums(double count, double sum, double squares) {

        Sums and(Sums other) {
            return new Sums(count + other.count, sum + other.sum, squares + other.squares);
        }

        /** The sum of squared differences from the mean. */
        double deviations() {
            return Math.max(0, squares - sum * sum / count);
        }
    }

    /** Half as wide, for scenes that are nearly as in serving. */
    SceneScales halved() {
        return new SceneScales(min / 2, max / 2);
    }

    /** A scale, uniform in its logarithm. */
    double random(RandomGenerator random) {
        return Math.exp(min + (max - min) * random.nextDouble());
    }
}
