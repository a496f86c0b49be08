package dev.fovea.runtime.validation;

import dev.fovea.model.GoldenDetection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Whether two lists of detections show the same objects: same class, boxes that overlap, scores that differ little.
 * What stands at the threshold of a score or of suppression may be in one list only. Pure.
 *
 * @param threshold score from which detections are listed
 * @param suppression overlap from which a detection suppresses another; empty where the graph suppresses
 * @param pixels how far an edge may be off where a small box would overlap too little, in pixels of the image
 */
public record DetectionAgreement(double threshold, OptionalDouble suppression, double pixels) {

    /** Detections that are compared, per image. */
    static final int MOST = 100;

    private static final double SCORE = 0.01;
    private static final double OVERLAP = 0.9;
    private static final double SUPPRESSION = 0.03;
    /** Graphs with a suppression of their own have a threshold of their own, which is not known but is low. */
    private static final double GRAPH_THRESHOLD = 0.3;

    /** What differs, in words; empty when they agree. */
    public Optional<String> difference(List<GoldenDetection> expected, List<GoldenDetection> found) {
        double floor = floor(expected, found);
        List<GoldenDetection> left = new ArrayList<>(found);
        for (GoldenDetection wanted : expected) {
            Optional<GoldenDetection> match = match(wanted, left);
            if (match.isPresent()) {
                left.remove(match.get());
                if (Math.abs(match.get().score() - wanted.score()) > SCORE) {
                    return Optional.of(String.format(
                            Locale.ROOT,
                            "an object of class %d scores %.3f where it scored %.3f",
                            wanted.label(),
                            match.get().score(),
                            wanted.score()));
                }
            } else if (!isAtThreshold(wanted, found, floor)) {
                return Optional.of("an object is missing: " + words(wanted));
            }
        }
        return left.stream()
                .filter(more -> !isAtThreshold(more, expected, floor))
                .findFirst()
                .map(more -> "another object is found: " + words(more));
    }

    private double floor(List<GoldenDetection> expected, List<GoldenDetection> found) {
        double floor = Math.max(floor(expected), floor(found));
        return suppression.isEmpty()
                ? Math.max(floor, Math.min(GRAPH_THRESHOLD - SCORE, Math.min(lowest(expected), lowest(found))))
                : floor;
    }

    /** Of a list that was cut off, the last that it has. */
    private double floor(List<GoldenDetection> detections) {
        return detections.size() < MOST ? threshold : lowest(detections);
    }

    private static double lowest(List<GoldenDetection> detections) {
        return detections.stream().mapToDouble(GoldenDetection::score).min().orElse(1);
    }

    private Optional<GoldenDetection> match(GoldenDetection wanted, List<GoldenDetection> left) {
        return left.stream()
                .filter(other -> other.label() == wanted.label() && isNear(wanted, other))
                .min(Comparator.comparingDouble(other -> Math.abs(other.score() - wanted.score())));
    }

    private boolean isNear(GoldenDetection one, GoldenDetection other) {
        return one.box().overlap(other.box()) >= OVERLAP
                || (Math.abs(one.box().x1() - other.box().x1()) <= pixels
                        && Math.abs(one.box().y1() - other.box().y1()) <= pixels
                        && Math.abs(one.box().x2() - other.box().x2()) <= pixels
                        && Math.abs(one.box().y2() - other.box().y2()) <= pixels);
    }

    private boolean isAtThreshold(GoldenDetection lone, List<GoldenDetection> others, double floor) {
        return lone.score() < floor + SCORE
                || (suppression.isPresent()
                        && others.stream()
                                .anyMatch(other -> Math.abs(lone.box().overlap(other.box()) - suppression.getAsDouble())
                                        <= SUPPRESSION));
    }

    private static String words(GoldenDetection detection) {
        return String.format(
                Locale.ROOT,
                "class %d, score %.3f, box %.1f,%.1f – %.1f,%.1f",
                detection.label(),
                detection.score(),
                detection.box().x1(),
                detection.box().y1(),
                detection.box().x2(),
                detection.box().y2());
    }
}
