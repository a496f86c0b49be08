package dev.fovea.pipeline.jobs;

import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.Fractions;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The splits of a training. Splits of the folder stay; missing ones are split off its training images. The splits do
 * not depend on the training's seed, so that versions can be compared.
 *
 * @param version with images in every split, as far as there are enough
 * @param notes one sentence for each split that was made
 */
public record TrainingDivision(DatasetVersion version, List<String> notes) {

    private static final long SPLIT_SEED = 1;

    /** A class with fewer than this part of the largest class's images is rare. */
    private static final double RARE = 0.2;

    public TrainingDivision {
        notes = List.copyOf(notes);
    }

    /**
     * Splits by the requested fractions, where the folder has no splits.
     *
     * @param validating what validation images are for, as the end of a sentence
     */
    public static TrainingDivision of(DatasetVersion ingested, Optional<Fractions> split, String validating) {
        Fractions wanted = split.orElse(Fractions.DEFAULT);
        if (!ingested.on(Split.UNASSIGNED).isEmpty()) {
            return new TrainingDivision(Splitter.divide(ingested, Split.UNASSIGNED, wanted, SPLIT_SEED), List.of());
        }
        double test = ingested.on(Split.TEST).isEmpty() ? wanted.test() : 0;
        double validation = ingested.on(Split.VALIDATION).isEmpty() ? wanted.validation() : 0;
        if (test + validation == 0) {
            return new TrainingDivision(
                    ingested,
                    split.isPresent()
                            ? List.of("--split was not used: the folder has training, validation and test images.")
                            : List.of());
        }
        double all = wanted.train() + validation + test;
        Fractions relative = new Fractions(1 - (validation + test) / all, validation / all, test / all);
        DatasetVersion divided = Splitter.divide(ingested, Split.TRAIN, relative, SPLIT_SEED);
        List<String> notes = new ArrayList<>();
        moved(ingested, divided, Split.VALIDATION, validation, validating).ifPresent(notes::add);
        moved(ingested, divided, Split.TEST, test, "to evaluate with").ifPresent(notes::add);
        return new TrainingDivision(divided, notes);
    }

    private static Optional<String> moved(
            DatasetVersion before, DatasetVersion after, Split split, double share, String purpose) {
        int count = after.on(split).size() - before.on(split).size();
        return share == 0 || count == 0
                ? Optional.empty()
                : Optional.of("%,d of the %,d training images become %s images, %s: the folder has none."
                        .formatted(count, before.on(Split.TRAIN).size(), split.label(), purpose));
    }

    /** What class weights do where classes are of very different sizes; empty where they are not. */
    public static Optional<String> weights(DatasetVersion divided, boolean weighted) {
        Map<String, Integer> counts = new TreeMap<>();
        divided.on(Split.TRAIN).forEach(item -> counts.merge(item.label(), 1, Integer::sum));
        Optional<Map.Entry<String, Integer>> rarest = counts.entrySet().stream().min(Map.Entry.comparingByValue());
        int largest = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        return rarest.filter(rare -> rare.getValue() < RARE * largest)
                .map(rare -> weighted
                        ? String.format(
                                Locale.ROOT,
                                "Class weights are on: in training an image of %s counts %.1f times as much as one of the largest class, the square root of how much rarer it is. --class-weights none ends that.",
                                rare.getKey(),
                                Math.sqrt((double) largest / rare.getValue()))
                        : "Class weights are off: mistakes on %s weigh little in training. --class-weights balanced turns them on."
                                .formatted(rare.getKey()));
    }
}
