package dev.fovea.pipeline.diagnosis;

import dev.fovea.statistics.BootstrapInterval;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.learning.ClassScore;
import java.util.SplittableRandom;

/** A score of predictions with its bootstrap interval over images, at 95 % confidence. Pure. */
final class ScoreInterval {

    private static final int DRAWS = 1000;
    private static final long SEED = 1;

    private ScoreInterval() {}

    static Interval of(ClassScore score, int classes, int[] given, int[] predicted) {
        double[][] all = new double[classes][classes];
        for (int i = 0; i < given.length; i++) {
            all[given[i]][predicted[i]]++;
        }
        SplittableRandom random = new SplittableRandom(SEED);
        double[] drawn = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            double[][] confusion = new double[classes][classes];
            for (int i = 0; i < given.length; i++) {
                int row = random.nextInt(given.length);
                confusion[given[row]][predicted[row]]++;
            }
            drawn[draw] = score.of(confusion);
        }
        return BootstrapInterval.of(score.of(all), drawn, Interval.DEFAULT_LEVEL);
    }
}
