package dev.fovea.evaluation.classification;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.statistics.ConfusionMatrix;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.McNemar;
import dev.fovea.statistics.PairedProportions;
import dev.fovea.statistics.WilsonInterval;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Paired comparison of two classifiers on the same images. Pairing has more power than two separate accuracies: images
 * that are easy or hard for both cancel out.
 *
 * @param images that both scored, 1 or more
 * @param unpaired that only one of them scored; excluded from all other figures
 * @param baseline accuracy of the baseline, on the common images
 * @param candidate accuracy of the candidate, on the common images
 * @param difference candidate minus baseline, with its paired 95 % interval
 * @param test the test behind the verdict
 * @param classes K classes, in label order; of many intervals, expect one in twenty to miss the truth
 */
public record Comparison(
        int images,
        int unpaired,
        Interval baseline,
        Interval candidate,
        Interval difference,
        McNemar test,
        List<ClassDifference> classes) {

    /** The significance level of the verdict. */
    public static final double LEVEL = 0.05;

    /** What the images show of the candidate. */
    public enum Verdict {
        BETTER,
        WORSE,
        NO_DIFFERENCE_SHOWN;

        /** To begin a sentence with. */
        public String words() {
            return switch (this) {
                case BETTER -> "Better";
                case WORSE -> "Worse";
                case NO_DIFFERENCE_SHOWN -> "No difference shown";
            };
        }
    }

    /**
     * One class, candidate less baseline.
     *
     * @param label its name
     * @param support images of both that show it
     * @param recall with its paired 95 % interval; absent if no image shows it
     * @param f1 absent where either has none
     */
    public record ClassDifference(String label, long support, Optional<Interval> recall, OptionalDouble f1) {}

    /** Both predictions for one image. */
    private record Pair(Scored baseline, Scored candidate) {}

    public Comparison {
        classes = List.copyOf(classes);
    }

    /**
     * Compares on the images that both scored, matched by name.
     *
     * @throws FoveaException {@code LABELS_MISMATCH} if the labels differ; {@code ARGUMENT_INVALID} if the same image
     *     has two truths, a name occurs twice, or no image is in both
     */
    public static Comparison of(ScoredImages baseline, ScoredImages candidate) {
        if (!baseline.labels().equals(candidate.labels())) {
            throw new FoveaException(
                    ErrorCode.LABELS_MISMATCH,
                    "The baseline's labels %s are not the candidate's %s. Compare models of the same labels."
                            .formatted(baseline.labels(), candidate.labels()));
        }
        List<Pair> pairs = pairs(baseline.scored(), candidate.scored());
        PairedProportions right = right(pairs);
        return new Comparison(
                pairs.size(),
                baseline.scored().size() + candidate.scored().size() - 2 * pairs.size(),
                WilsonInterval.of(right.first(), right.trials()),
                WilsonInterval.of(right.second(), right.trials()),
                right.difference(),
                McNemar.of(right.onlyFirst(), right.onlySecond()),
                classes(baseline.labels(), pairs));
    }

    /** Better or worse if the mid-p McNemar test shows it at {@link #LEVEL}. */
    public Verdict verdict() {
        if (test.midP() >= LEVEL) {
            return Verdict.NO_DIFFERENCE_SHOWN;
        }
        return difference.value() > 0 ? Verdict.BETTER : Verdict.WORSE;
    }

    /** The verdict as a sentence with its figures. */
    public String sentence() {
        return String.format(
                Locale.ROOT,
                "%s: on %d images the candidate is right on %.1f %%, the baseline on %.1f %%;"
                        + " the difference is %s points (95 %% interval %s, p = %s).",
                verdict().words(),
                images,
                100 * candidate.value(),
                100 * baseline.value(),
                PercentagePoints.of(difference.value()),
                PercentagePoints.ends(difference),
                test.midP() < 0.001 ? "less than 0.001" : String.format(Locale.ROOT, "%.3f", test.midP()));
    }

    private static List<Pair> pairs(List<Scored> baseline, List<Scored> candidate) {
        Map<String, Scored> byName = byName(candidate);
        List<Pair> pairs = new ArrayList<>();
        for (Scored one : byName(baseline).values()) {
            Scored other = byName.get(one.image());
            if (other == null) {
                continue;
            }
            if (one.truth() != other.truth()) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "Image %s has label %d in the baseline's evaluation and %d in the candidate's. Evaluate both on the same data."
                                .formatted(one.image(), one.truth(), other.truth()));
            }
            pairs.add(new Pair(one, other));
        }
        if (pairs.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "No image was scored by both models (%d and %d were by one). Evaluate both on the same data."
                            .formatted(baseline.size(), candidate.size()));
        }
        return pairs;
    }

    private static Map<String, Scored> byName(List<Scored> images) {
        Map<String, Scored> byName = HashMap.newHashMap(images.size());
        for (Scored image : images) {
            if (byName.put(image.image(), image) != null) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "Image %s occurs twice in one evaluation, so it cannot be matched. Name each image once."
                                .formatted(image.image()));
            }
        }
        return byName;
    }

    private static PairedProportions right(List<Pair> pairs) {
        boolean[] first = new boolean[pairs.size()];
        boolean[] second = new boolean[pairs.size()];
        for (int i = 0; i < first.length; i++) {
            first[i] = pairs.get(i).baseline().right();
            second[i] = pairs.get(i).candidate().right();
        }
        return PairedProportions.of(first, second);
    }

    private static List<ClassDifference> classes(List<String> labels, List<Pair> pairs) {
        ConfusionMatrix baseline =
                confusion(labels, pairs.stream().map(Pair::baseline).toList());
        ConfusionMatrix candidate =
                confusion(labels, pairs.stream().map(Pair::candidate).toList());
        return IntStream.range(0, labels.size())
                .mapToObj(k -> new ClassDifference(
                        labels.get(k),
                        baseline.support(k),
                        recall(pairs.stream()
                                .filter(p -> p.baseline().truth() == k)
                                .toList()),
                        difference(baseline.f1(k), candidate.f1(k))))
                .toList();
    }

    private static Optional<Interval> recall(List<Pair> ofTheClass) {
        return ofTheClass.isEmpty()
                ? Optional.empty()
                : Optional.of(right(ofTheClass).difference());
    }

    private static OptionalDouble difference(OptionalDouble baseline, OptionalDouble candidate) {
        return baseline.isPresent() && candidate.isPresent()
                ? OptionalDouble.of(candidate.getAsDouble() - baseline.getAsDouble())
                : OptionalDouble.empty();
    }

    private static ConfusionMatrix confusion(List<String> labels, List<Scored> scored) {
        return new ScoredImages(labels, scored, List.of()).confusion();
    }
}
