package dev.fovea.labels.consensus;

import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.statistics.Interval;
import java.util.List;
import java.util.Optional;

/**
 * How well people agree, the verdict first.
 *
 * @param verdict what it means, in a sentence
 * @param kappa Cohen's kappa of the two people with most images in common
 * @param fleiss Fleiss' kappa
 * @param alpha Krippendorff's alpha; of objects by their distance
 * @param ceiling accuracy that no model judged by such labels can be shown to exceed
 * @param images that two or more people labelled
 * @param confused pairs of classes that people confuse, the most frequent first
 * @param classes how well people agree about each class, in alphabetical order
 */
public record AgreementReport(
        String verdict,
        Optional<Interval> kappa,
        Optional<Interval> fleiss,
        Optional<Interval> alpha,
        Optional<Interval> ceiling,
        int images,
        List<ConfusedPair> confused,
        List<ClassAlpha> classes) {

    public AgreementReport {
        confused = List.copyOf(confused);
        classes = List.copyOf(classes);
    }

    /**
     * Agreement about a class.
     *
     * @param label the class
     * @param images that two or more people labelled, and one or more of them with it
     * @param alpha Krippendorff's alpha of the class against the rest; of objects by the overlap of those of the class;
     *     empty where it is undefined
     */
    public record ClassAlpha(String label, int images, Optional<Interval> alpha) {}

    /**
     * Two classes of which one person said the first and another the second.
     *
     * @param first class
     * @param second class
     * @param images how many
     * @param used images on which somebody said the first or the second
     * @param examples some of them
     */
    public record ConfusedPair(String first, String second, int images, int used, List<ContentHash> examples) {
        public ConfusedPair {
            examples = List.copyOf(examples);
        }
    }
}
