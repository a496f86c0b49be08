package dev.fovea.serving.shadow;

import dev.fovea.imaging.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A box with its class, to be matched with those of another version.
 *
 * @param confidence 0 to 1
 * @param box in pixels of the image
 */
record MatchedBox(String label, double confidence, Box box) {

    /** The overlap (IoU) from which two boxes of one class are the same object, as in Pascal VOC. */
    private static final double SAME = 0.5;

    /** What has no match in the other list. */
    record Unmatched(List<MatchedBox> first, List<MatchedBox> second) {}

    /**
     * Matches boxes of one class greedily, the most confident of the first list first, each with what overlaps most.
     */
    static Unmatched match(List<MatchedBox> first, List<MatchedBox> second) {
        List<MatchedBox> left = new ArrayList<>(second);
        List<MatchedBox> alone = new ArrayList<>();
        first.stream()
                .sorted(Comparator.comparingDouble(MatchedBox::confidence).reversed())
                .forEach(own -> {
                    Optional<MatchedBox> match = left.stream()
                            .filter(other -> other.label().equals(own.label())
                                    && other.box().overlap(own.box()) >= SAME)
                            .max(Comparator.comparingDouble(other -> other.box().overlap(own.box())));
                    match.ifPresentOrElse(left::remove, () -> alone.add(own));
                });
        return new Unmatched(alone, left);
    }

    String words() {
        return words(label, confidence);
    }

    static String words(String label, double confidence) {
        return String.format(Locale.ROOT, "%s %.2f", label, confidence);
    }
}
