package dev.fovea.monitoring.sketch;

import dev.fovea.statistics.drift.ClassDistance;
import dev.fovea.traffic.LoggedLabel;
import dev.fovea.traffic.reference.Reference;
import dev.fovea.traffic.reference.ReferenceRow;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The classes of held-out images by their embeddings. */
final class KnownClasses {

    /** Fewer images with an embedding say too little of the covariance of up to 32 dimensions. */
    private static final int MIN_IMAGES = 100;

    private static final int MIN_OF_A_CLASS = 5;

    /** Of held-out images, so many are as far from each class. */
    private static final double FAR_SHARE = 0.01;

    private KnownClasses() {}

    /** Empty where too few images have an embedding. */
    static Optional<ClassDistance> of(Reference reference) {
        List<ReferenceRow> rows = reference.rows().stream()
                .filter(row -> row.observed().embedding().length > 0)
                .toList();
        if (rows.size() < MIN_IMAGES) {
            return Optional.empty();
        }
        Map<String, Integer> numbers = new HashMap<>();
        int[] classes = rows.stream()
                .map(KnownClasses::label)
                .mapToInt(label -> numbers.computeIfAbsent(label, absent -> numbers.size()))
                .toArray();
        if (numbers.size() > rows.size() / MIN_OF_A_CLASS) {
            Arrays.fill(classes, 0); // too few of each to know where it is
        }
        double[][] embeddings = rows.stream()
                .map(row -> {
                    float[] embedding = row.observed().embedding();
                    double[] doubles = new double[embedding.length];
                    Arrays.setAll(doubles, k -> embedding[k]);
                    return doubles;
                })
                .toArray(double[][]::new);
        return Optional.of(ClassDistance.of(embeddings, classes, FAR_SHARE));
    }

    /** The class that an image shows; all images with several objects or labels are one class. */
    private static String label(ReferenceRow row) {
        return row.truth()
                .filter(truth -> truth.classes().size() == 1)
                .map(truth -> truth.classes().first())
                .or(() -> row.output().best().map(LoggedLabel::label))
                .orElse("");
    }
}
