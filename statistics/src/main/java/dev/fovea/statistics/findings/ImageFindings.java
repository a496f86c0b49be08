package dev.fovea.statistics.findings;

import dev.fovea.statistics.Require;
import dev.fovea.statistics.labelerrors.ClassBox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.IntStream;

/**
 * What a model found in an image whose truth is known.
 *
 * @param found what it found, in descending score
 * @param missed classes of what it did not find, one for each thing
 */
public record ImageFindings(List<ScoredFinding> found, List<Integer> missed) {

    /** The intersection over union from which on a box has found an object. */
    public static final double MIN_OVERLAP = 0.5;

    /**
     * One thing that a model found.
     *
     * @param label in [0, K)
     * @param score in [0, 1]
     * @param right whether it is there
     */
    public record ScoredFinding(int label, double score, boolean right) {

        public ScoredFinding {
            Require.that(label >= 0, "The class is %d; it must not be negative.", label);
            Require.that(score >= 0 && score <= 1, "The score is %s; it must be between 0 and 1.", score);
        }
    }

    /**
     * A box of a detector.
     *
     * @param box empty where it has no area
     */
    public record FoundBox(int label, double score, Optional<ClassBox> box) {}

    public ImageFindings {
        found = List.copyOf(found);
        missed = List.copyOf(missed);
    }

    /**
     * Boxes against true ones. In descending score, each box takes the object of its class that is left and overlaps it
     * most, from {@link #MIN_OVERLAP} on. Source: {@code COCOeval.evaluateImg} of pycocotools, without areas and
     * crowds.
     */
    public static ImageFindings ofBoxes(List<FoundBox> boxes, List<ClassBox> truth) {
        List<ClassBox> left = new ArrayList<>(truth);
        List<ScoredFinding> found = new ArrayList<>();
        boxes.stream()
                .sorted(Comparator.comparingDouble(FoundBox::score).reversed())
                .forEachOrdered(box -> {
                    int match = box.box().map(own -> match(own, left)).orElse(-1);
                    if (match >= 0) {
                        left.remove(match);
                    }
                    found.add(new ScoredFinding(box.label(), box.score(), match >= 0));
                });
        return new ImageFindings(found, left.stream().map(ClassBox::label).toList());
    }

    private static int match(ClassBox box, List<ClassBox> truth) {
        return IntStream.range(0, truth.size())
                .filter(i -> truth.get(i).label() == box.label() && truth.get(i).overlap(box) >= MIN_OVERLAP)
                .boxed()
                .max(Comparator.comparingDouble(i -> truth.get(i).overlap(box)))
                .orElse(-1);
    }

    /** Labels against all that apply. */
    public static ImageFindings ofLabels(List<ScoredFinding> labels, SortedSet<Integer> truth) {
        List<Integer> missed = new ArrayList<>(truth);
        missed.removeAll(labels.stream().map(ScoredFinding::label).toList());
        return new ImageFindings(
                labels.stream()
                        .map(one -> new ScoredFinding(one.label(), one.score(), truth.contains(one.label())))
                        .sorted(Comparator.comparingDouble(ScoredFinding::score).reversed())
                        .toList(),
                missed);
    }

    /** Whether everything is right and nothing is missed. */
    public boolean isExact() {
        return missed.isEmpty() && found.stream().allMatch(ScoredFinding::right);
    }
}
