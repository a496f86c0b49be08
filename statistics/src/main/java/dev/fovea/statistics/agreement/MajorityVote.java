package dev.fovea.statistics.agreement;

import dev.fovea.statistics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Consensus by counting: an item's distribution is the share of its labels for each class, and uniform without labels.
 * For ties see {@link SoftLabels}. An annotator's skill is the agreement with the majority of the others on the same
 * items (a tie of t classes with the annotator's among them counts 1/t), so no one is compared with their own vote.
 * Pure.
 */
public final class MajorityVote {

    private MajorityVote() {}

    /** The vote, with skills at the default level of confidence. */
    public static Consensus of(Ratings ratings) {
        RatingPatterns patterns = new RatingPatterns(ratings);
        return new Consensus(
                new SoftLabels(ratings.classes(), patterns.patternOf, shares(patterns)),
                skills(patterns, Interval.DEFAULT_LEVEL));
    }

    /** {@code [P*K]} share of each class among the labels of a group of items. */
    static double[] shares(RatingPatterns patterns) {
        int classes = patterns.ratings.classes();
        double[] shares = new double[patterns.count() * classes];
        for (int pattern = 0; pattern < patterns.count(); pattern++) {
            int labels = patterns.end(pattern) - patterns.start(pattern);
            for (int k = 0; k < classes && labels == 0; k++) {
                shares[pattern * classes + k] = 1.0 / classes;
            }
            for (int r = patterns.start(pattern); r < patterns.end(pattern); r++) {
                shares[pattern * classes + patterns.ratings.labelAt(r)] += 1.0 / labels;
            }
        }
        return shares;
    }

    private static List<AnnotatorSkill> skills(RatingPatterns patterns, double level) {
        Ratings ratings = patterns.ratings;
        double[] agreed = new double[ratings.annotators()];
        long[] compared = new long[ratings.annotators()];
        int[] votes = new int[ratings.classes()];
        for (int pattern = 0; pattern < patterns.count(); pattern++) {
            int start = patterns.start(pattern);
            int end = patterns.end(pattern);
            for (int r = start; r < end && end - start > 1; r++) {
                agreed[ratings.raterAt(r)] += patterns.weight[pattern] * agreement(ratings, start, end, r, votes);
                compared[ratings.raterAt(r)] += patterns.weight[pattern];
            }
        }
        int[] counts = ratings.countPerAnnotator();
        List<AnnotatorSkill> skills = new ArrayList<>();
        for (int j = 0; j < counts.length; j++) {
            Optional<Interval> accuracy = compared[j] == 0
                    ? Optional.empty()
                    : Optional.of(ExpectedCounts.wilson(agreed[j] / compared[j], (double) compared[j], level));
            skills.add(new AnnotatorSkill(j, counts[j], accuracy));
        }
        return skills;
    }

    /** 1 divided by the tied classes if the label is among the most frequent of the others, else 0. */
    private static double agreement(Ratings ratings, int start, int end, int own, int[] votes) {
        Arrays.fill(votes, 0);
        int most = 0;
        for (int r = start; r < end; r++) {
            most = r == own ? most : Math.max(most, ++votes[ratings.labelAt(r)]);
        }
        int tied = 0;
        for (int count : votes) {
            tied += count == most ? 1 : 0;
        }
        return votes[ratings.labelAt(own)] == most ? 1.0 / tied : 0;
    }
}
