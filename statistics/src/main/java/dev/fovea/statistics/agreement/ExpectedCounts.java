package dev.fovea.statistics.agreement;

import dev.fovea.statistics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** Expected number of labels per annotator, label and true class, under a posterior of the true classes. */
final class ExpectedCounts {

    /** Trials that leave the whole range from 0 to 1 open. */
    private static final double NO_INFORMATION = 1e-6;

    private final int classes;
    private final int annotators;
    private final int[] labels;
    private final double[] counts;
    private final double[] spread;

    /**
     * Counts.
     *
     * @param posterior {@code [P*K]} distribution of each group of items
     */
    ExpectedCounts(RatingPatterns patterns, double[] posterior) {
        Ratings ratings = patterns.ratings;
        classes = ratings.classes();
        annotators = ratings.annotators();
        labels = ratings.countPerAnnotator();
        counts = new double[annotators * classes * classes];
        spread = new double[counts.length];
        for (int pattern = 0; pattern < patterns.count(); pattern++) {
            for (int r = patterns.start(pattern); r < patterns.end(pattern); r++) {
                int cell = (ratings.raterAt(r) * classes + ratings.labelAt(r)) * classes;
                for (int k = 0; k < classes; k++) {
                    double p = posterior[pattern * classes + k];
                    counts[cell + k] += patterns.weight[pattern] * p;
                    spread[cell + k] += patterns.weight[pattern] * p * (1 - p);
                }
            }
        }
    }

    /** {@code [annotator, label, truth]}; not to be changed. */
    double[] counts() {
        return counts;
    }

    List<AnnotatorSkill> skills(double level) {
        List<AnnotatorSkill> skills = new ArrayList<>();
        for (int j = 0; j < annotators; j++) {
            double right = 0;
            double between = 0;
            for (int k = 0; k < classes; k++) {
                right += counts[(j * classes + k) * classes + k];
                between += spread[(j * classes + k) * classes + k];
            }
            skills.add(new AnnotatorSkill(
                    j,
                    labels[j],
                    labels[j] == 0
                            ? Optional.empty()
                            : Optional.of(interval(Math.min(1, right / labels[j]), labels[j], between, level))));
        }
        return skills;
    }

    List<AnnotatorConfusion> confusions(EmSettings settings, double level) {
        List<AnnotatorConfusion> confusions = new ArrayList<>();
        int size = classes * classes;
        for (int j = 0; j < annotators; j++) {
            confusions.add(new AnnotatorConfusion(
                    classes,
                    Arrays.copyOfRange(counts, j * size, (j + 1) * size),
                    Arrays.copyOfRange(spread, j * size, (j + 1) * size),
                    settings,
                    level));
        }
        return confusions;
    }

    /**
     * Wilson's interval of a share, with the trials less the information that the unknown true classes hide: T. A.
     * Louis, "Finding the observed information matrix when using the EM algorithm", JRSS B 44 (1982) 226–233, for one
     * parameter.
     *
     * @param between variance of the number of successes under the posterior of the true classes
     */
    static Interval interval(double share, double trials, double between, double level) {
        double variance = share * (1 - share);
        double hidden = variance > 0 ? between / variance : 0;
        return wilson(share, Math.max(NO_INFORMATION, trials - hidden), level);
    }

    /** {@link dev.fovea.statistics.WilsonInterval} for a real number of trials above 0. */
    static Interval wilson(double share, double trials, double level) {
        double z = new NormalDistribution().inverseCumulativeProbability((1 + level) / 2);
        double z2 = z * z;
        double middle = (share + z2 / (2 * trials)) / (1 + z2 / trials);
        double half = z * Math.sqrt(share * (1 - share) / trials + z2 / (4 * trials * trials)) / (1 + z2 / trials);
        return Interval.within(share, middle - half, middle + half, 0, 1);
    }
}
