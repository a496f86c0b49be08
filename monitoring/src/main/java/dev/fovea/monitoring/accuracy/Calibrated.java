package dev.fovea.monitoring.accuracy;

import dev.fovea.registry.ModelVersion;
import dev.fovea.runtime.ImageObservation;
import dev.fovea.statistics.estimation.ClassGuesses;
import dev.fovea.traffic.truth.TrueLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The calibration of a version's confidence on its held-out images.
 *
 * @param guesses the calibration
 * @param ranks how many classes of each prediction it knows
 * @param observed what was observed of the held-out images
 */
record Calibrated(ClassGuesses guesses, int ranks, List<ImageObservation> observed) {

    Calibrated {
        observed = List.copyOf(observed);
    }

    /** The fewest images that a calibration is fitted to. */
    static final int MIN_IMAGES = 20;

    /** From held-out images that are classifications; empty with too few of them. */
    static Optional<Calibrated> of(ModelVersion version, List<HeldOutPrediction> images, JudgedPredictions classes) {
        List<int[]> labels = new ArrayList<>();
        List<double[]> scores = new ArrayList<>();
        List<Integer> truth = new ArrayList<>();
        List<ImageObservation> observed = new ArrayList<>();
        int ranks = Integer.MAX_VALUE;
        for (HeldOutPrediction image : images) {
            Optional<JudgedPredictions.Ranked> ranked = classes.ranked(image.output());
            if (ranked.isPresent()
                    && image.truth() instanceof TrueLabels.TrueLabel(String label)
                    && classes.number(label) >= 0) {
                labels.add(ranked.get().labels());
                scores.add(ranked.get().scores());
                truth.add(classes.number(label));
                observed.add(image.observed());
                ranks = Math.min(ranks, ranked.get().labels().length);
            }
        }
        if (truth.size() < MIN_IMAGES) {
            return Optional.empty();
        }
        ClassGuesses guesses = new ClassGuesses(
                JudgedPredictions.of(version.labels().size(), labels, scores, ranks),
                truth.stream().mapToInt(Integer::intValue).toArray());
        return Optional.of(new Calibrated(guesses, ranks, observed));
    }

    /** Held-out images. */
    int size() {
        return guesses.truth().length;
    }

    /** Those that were predicted wrongly. */
    int wrong() {
        int wrong = 0;
        for (int i = 0; i < size(); i++) {
            wrong += guesses.reference().predicted(i) == guesses.truth()[i] ? 0 : 1;
        }
        return wrong;
    }
}
