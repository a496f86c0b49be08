package dev.fovea.pipeline.search.network;

import dev.fovea.pipeline.head.LabelledFile;
import dev.fovea.statistics.linear.StratifiedFolds;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Images divided for networks whose weights are all learned. Cross-validation would train each five times, so that a
 * part is held back in its place. Near duplicates stay together.
 *
 * @param training to learn from
 * @param validation to choose the epoch and the network by
 * @param judged seen by the finished network only
 */
public record HeldBackImages(List<LabelledFile> training, List<LabelledFile> validation, List<LabelledFile> judged) {

    /** One of so many parts of what is not held back is for validation. */
    private static final int VALIDATING = 8;

    public HeldBackImages {
        training = List.copyOf(training);
        validation = List.copyOf(validation);
        judged = List.copyOf(judged);
    }

    /**
     * Divides, with all classes in their shares.
     *
     * @param parts of which one is held back
     * @return empty where a class would be missing from a part
     */
    public static Optional<HeldBackImages> of(List<LabelledFile> images, int classes, int parts, long seed) {
        Optional<Division> first = divided(images, parts, seed);
        Optional<Division> second = first.flatMap(division -> divided(division.rest(), VALIDATING, seed));
        return second.map(division -> new HeldBackImages(
                        division.rest(), division.part(), first.orElseThrow().part()))
                .filter(held -> hasAll(held.training, classes) && hasAll(held.judged, classes));
    }

    private record Division(List<LabelledFile> part, List<LabelledFile> rest) {}

    private static Optional<Division> divided(List<LabelledFile> images, int parts, long seed) {
        int[] groups = images.stream().mapToInt(LabelledFile::group).toArray();
        if (Arrays.stream(groups).distinct().count() < parts) {
            return Optional.empty();
        }
        int[] labels = images.stream().mapToInt(image -> image.sample().label()).toArray();
        StratifiedFolds folds = StratifiedFolds.of(labels, groups, parts, seed);
        return Optional.of(new Division(chosen(images, folds.inside(0)), chosen(images, folds.outside(0))));
    }

    private static List<LabelledFile> chosen(List<LabelledFile> images, int[] rows) {
        return IntStream.of(rows).mapToObj(images::get).toList();
    }

    private static boolean hasAll(List<LabelledFile> images, int classes) {
        return images.stream()
                        .mapToInt(image -> image.sample().label())
                        .distinct()
                        .count()
                == classes;
    }
}
