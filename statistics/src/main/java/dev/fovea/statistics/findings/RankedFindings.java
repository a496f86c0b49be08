package dev.fovea.statistics.findings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All that was found of a class, by descending score, for its average precision under any weights of the images:
 * precision is made monotone from the right, then averaged over the recalls 0, 0.01, … 1. Source:
 * {@code COCOeval.accumulate} of pycocotools. Findings of the same score count together, so that the order of the
 * images does not matter.
 *
 * @param images {@code [D]} the image of each finding
 * @param right {@code [D]}
 * @param last {@code [D]} whether the next finding has a lower score
 * @param present {@code [n]} how many things of the class each image shows
 */
record RankedFindings(int[] images, boolean[] right, boolean[] last, int[] present) {

    private static final int RECALLS = 101;

    private record Ranked(int image, ImageFindings.ScoredFinding finding) {}

    static RankedFindings of(List<ImageFindings> images, int label) {
        List<Ranked> ranked = new ArrayList<>();
        int[] present = new int[images.size()];
        for (int i = 0; i < present.length; i++) {
            for (ImageFindings.ScoredFinding finding : images.get(i).found()) {
                if (finding.label() == label) {
                    ranked.add(new Ranked(i, finding));
                    present[i] += finding.right() ? 1 : 0;
                }
            }
            present[i] += (int)
                    images.get(i).missed().stream().filter(one -> one == label).count();
        }
        ranked.sort(
                Comparator.<Ranked>comparingDouble(one -> one.finding().score()).reversed());
        boolean[] right = new boolean[ranked.size()];
        boolean[] last = new boolean[ranked.size()];
        for (int d = 0; d < right.length; d++) {
            ImageFindings.ScoredFinding finding = ranked.get(d).finding();
            right[d] = finding.right();
            last[d] = d + 1 == last.length || ranked.get(d + 1).finding().score() < finding.score();
        }
        return new RankedFindings(ranked.stream().mapToInt(Ranked::image).toArray(), right, last, present);
    }

    /** Average precision, 0 to 1; NaN where the weighted images show nothing of the class. */
    double averagePrecision(double[] weights) {
        double truths = 0;
        for (int i = 0; i < present.length; i++) {
            truths += weights[i] * present[i];
        }
        if (truths <= 0) {
            return Double.NaN;
        }
        double[] recall = new double[images.length];
        double[] precision = new double[images.length];
        double found = 0;
        double detected = 0;
        int points = 0;
        for (int d = 0; d < images.length; d++) {
            double weight = weights[images[d]];
            detected += weight;
            found += right[d] ? weight : 0;
            if (last[d]) {
                recall[points] = found / truths;
                precision[points++] = detected > 0 ? found / detected : 0;
            }
        }
        for (int d = points - 2; d >= 0; d--) {
            precision[d] = Math.max(precision[d], precision[d + 1]);
        }
        double sum = 0;
        int at = 0;
        for (int k = 0; k < RECALLS; k++) {
            // sums of weights may end a little below 1
            double wanted = k / (RECALLS - 1.0) - 1e-9;
            while (at < points && recall[at] < wanted) {
                at++;
            }
            sum += at < points ? precision[at] : 0;
        }
        return sum / RECALLS;
    }
}
