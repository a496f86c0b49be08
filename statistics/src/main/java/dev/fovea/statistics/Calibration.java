package dev.fovea.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Whether confidence means what it says: the expected calibration error of C. Guo, G. Pleiss, Y. Sun and K. Q.
 * Weinberger, "On calibration of modern neural networks", ICML 2017, equation 3: answers are put into bins by their
 * confidence, and the error is the mean of {@code |accuracy - confidence|} over the bins, weighted by their answers.
 *
 * <p>It is biased upwards for few answers: a perfectly calibrated model measures above 0 on 180 images. Compare only
 * figures of the same images and bins.
 *
 * @param error in [0, 1]; 0 is perfect
 * @param bins those that hold answers, by rising confidence
 */
public record Calibration(double error, List<Bin> bins) {

    /** As many bins as Guo et al. use. */
    public static final int DEFAULT_BINS = 15;

    /**
     * Answers of similar confidence.
     *
     * @param answers how many, at least 1
     * @param confidence their mean confidence
     * @param accuracy the share of them that is right
     */
    public record Bin(int answers, double confidence, double accuracy) {}

    /** An answer's confidence and whether it was right. */
    private record Answer(double confidence, boolean right) {}

    public Calibration {
        bins = List.copyOf(bins);
    }

    /**
     * Bins of equal width: bin m of M holds confidences in {@code ((m-1)/M, m/M]}, 15 by default.
     *
     * @param confidences per answer, in [0, 1]; at least one
     * @param right per answer
     */
    public static Calibration equalWidth(double[] confidences, boolean[] right) {
        return equalWidth(confidences, right, DEFAULT_BINS);
    }

    /** Bins of equal width, as many as told. */
    public static Calibration equalWidth(double[] confidences, boolean[] right, int bins) {
        List<Answer> answers = answers(confidences, right, bins);
        List<List<Answer>> binned = new ArrayList<>();
        for (int m = 0; m < bins; m++) {
            binned.add(new ArrayList<>());
        }
        for (Answer answer : answers) {
            binned.get(Math.max(0, (int) Math.ceil(answer.confidence() * bins) - 1))
                    .add(answer);
        }
        return of(binned, answers.size());
    }

    /**
     * Bins of equally many answers, which look closest where the answers are: the adaptive calibration error's binning
     * of J. Nixon, M. W. Dusenberry, L. Zhang, G. Jerfel and D. Tran, "Measuring calibration in deep learning", CVPR
     * Workshops 2019, applied to the answered class.
     */
    public static Calibration equalMass(double[] confidences, boolean[] right, int bins) {
        List<Answer> answers = answers(confidences, right, bins);
        answers.sort(Comparator.comparingDouble(Answer::confidence));
        List<List<Answer>> binned = new ArrayList<>();
        int from = 0;
        for (int m = 0; m < bins; m++) {
            // The first n mod M bins take one answer more, so that sizes differ by one at most.
            int to = from + answers.size() / bins + (m < answers.size() % bins ? 1 : 0);
            binned.add(answers.subList(from, to));
            from = to;
        }
        return of(binned, answers.size());
    }

    private static Calibration of(List<List<Answer>> binned, int total) {
        List<Bin> bins = binned.stream()
                .filter(answers -> !answers.isEmpty())
                .map(Calibration::bin)
                .toList();
        double error = bins.stream()
                .mapToDouble(bin -> bin.answers() * Math.abs(bin.accuracy() - bin.confidence()))
                .sum();
        return new Calibration(Math.min(1, error / total), bins);
    }

    private static Bin bin(List<Answer> answers) {
        double confidence =
                answers.stream().mapToDouble(Answer::confidence).average().orElseThrow();
        long right = answers.stream().filter(Answer::right).count();
        return new Bin(answers.size(), confidence, (double) right / answers.size());
    }

    private static List<Answer> answers(double[] confidences, boolean[] right, int bins) {
        Require.that(bins > 0, "%d bins; there must be at least one.", bins);
        Require.that(confidences.length > 0, "The calibration of no answers is not defined; give at least one.");
        Require.that(
                confidences.length == right.length,
                "%d confidences but %d outcomes.",
                confidences.length,
                right.length);
        Require.that(
                Arrays.stream(confidences).allMatch(c -> c >= 0 && c <= 1),
                "A confidence lies outside 0 to 1: least %s, most %s.",
                Arrays.stream(confidences).min().orElseThrow(),
                Arrays.stream(confidences).max().orElseThrow());
        List<Answer> answers = new ArrayList<>(confidences.length);
        for (int i = 0; i < confidences.length; i++) {
            answers.add(new Answer(confidences[i], right[i]));
        }
        return answers;
    }
}
