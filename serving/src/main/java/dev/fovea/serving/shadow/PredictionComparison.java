package dev.fovea.serving.shadow;

import dev.fovea.imaging.geometry.Mask;
import dev.fovea.runtime.decoding.ClassRegion;
import dev.fovea.runtime.decoding.Classification;
import dev.fovea.runtime.decoding.Classification.Ranked;
import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.Detection;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.decoding.PredictionResult.LabelResult;
import dev.fovea.runtime.decoding.PredictionResult.MultiLabelResult;
import dev.fovea.runtime.decoding.PredictionResult.MultiTaskResult;
import dev.fovea.runtime.decoding.PredictionResult.ObjectResult;
import dev.fovea.runtime.decoding.PredictionResult.TaskClassification;
import dev.fovea.runtime.decoding.TextRegion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares the predictions of two versions for the same image. Pure. */
final class PredictionComparison {

    /** The share of pixels with another class from which two segmentations differ. */
    private static final double MIN_PIXEL_SHARE = 0.05;

    private PredictionComparison() {}

    /** What differs; empty where the versions predict the same, or results of two kinds. */
    static Optional<PredictionDifference> of(PredictionResult production, PredictionResult candidate) {
        if (production instanceof LabelResult own && candidate instanceof LabelResult other) {
            return labels(own.classification(), other.classification());
        }
        if (production instanceof MultiLabelResult own && candidate instanceof MultiLabelResult other) {
            return severalLabels(own, other);
        }
        if (production instanceof MultiTaskResult own && candidate instanceof MultiTaskResult other) {
            return tasks(own, other);
        }
        if (production instanceof ObjectResult own && candidate instanceof ObjectResult other) {
            return objects(own, other);
        }
        return Optional.empty();
    }

    private static Optional<PredictionDifference> labels(Classification production, Classification candidate) {
        if (production.best().label().equals(candidate.best().label())) {
            return Optional.empty();
        }
        return Optional.of(new PredictionDifference(
                totalVariation(production, candidate), words(production.best()), words(candidate.best())));
    }

    /** By the task whose probabilities differ most; tasks that only one version has are left out. */
    private static Optional<PredictionDifference> tasks(MultiTaskResult production, MultiTaskResult candidate) {
        List<TaskClassification> lost = new ArrayList<>();
        List<TaskClassification> found = new ArrayList<>();
        double weight = 0;
        for (TaskClassification own : production.tasks()) {
            for (TaskClassification other : candidate.tasks()) {
                if (own.task().equals(other.task())
                        && !own.best().label().equals(other.best().label())) {
                    lost.add(own);
                    found.add(other);
                    weight = Math.max(weight, totalVariation(own.classification(), other.classification()));
                }
            }
        }
        return of(
                weight,
                lost.stream().map(task -> words(task.best())),
                found.stream().map(task -> words(task.best())));
    }

    /** Half the sum of the absolute differences of all labels' probabilities, 0 to 1. */
    private static double totalVariation(Classification one, Classification other) {
        Map<String, Double> difference = new HashMap<>();
        one.ranked().forEach(ranked -> difference.merge(ranked.label(), ranked.confidence(), Double::sum));
        other.ranked().forEach(ranked -> difference.merge(ranked.label(), -ranked.confidence(), Double::sum));
        return Math.min(1, difference.values().stream().mapToDouble(Math::abs).sum() / 2);
    }

    private static Optional<PredictionDifference> severalLabels(
            MultiLabelResult production, MultiLabelResult candidate) {
        List<Ranked> lost = without(production.applying(), candidate.applying());
        List<Ranked> found = without(candidate.applying(), production.applying());
        return of(
                Stream.concat(lost.stream(), found.stream())
                        .mapToDouble(Ranked::confidence)
                        .max()
                        .orElse(0),
                lost.stream().map(PredictionComparison::words),
                found.stream().map(PredictionComparison::words));
    }

    private static List<Ranked> without(List<Ranked> some, List<Ranked> others) {
        return some.stream()
                .filter(ranked ->
                        others.stream().noneMatch(other -> other.label().equals(ranked.label())))
                .toList();
    }

    private static Optional<PredictionDifference> objects(ObjectResult production, ObjectResult candidate) {
        if (production.decoded() instanceof Decoded.Detections(List<Detection> own)
                && candidate.decoded() instanceof Decoded.Detections(List<Detection> others)) {
            return boxes(
                    own.stream().map(box -> box(box, production)).toList(),
                    others.stream().map(box -> box(box, candidate)).toList());
        }
        if (production.decoded() instanceof Decoded.TextRegions(List<TextRegion> own)
                && candidate.decoded() instanceof Decoded.TextRegions(List<TextRegion> others)) {
            return boxes(
                    own.stream().map(PredictionComparison::box).toList(),
                    others.stream().map(PredictionComparison::box).toList());
        }
        if (production.decoded() instanceof Decoded.ClassRegions(List<ClassRegion> own)
                && candidate.decoded() instanceof Decoded.ClassRegions(List<ClassRegion> others)) {
            return pixels(byLabel(own, production.labels()), byLabel(others, candidate.labels()));
        }
        return Optional.empty();
    }

    private static Optional<PredictionDifference> boxes(List<MatchedBox> production, List<MatchedBox> candidate) {
        MatchedBox.Unmatched unmatched = MatchedBox.match(production, candidate);
        return of(
                Stream.concat(unmatched.first().stream(), unmatched.second().stream())
                        .mapToDouble(MatchedBox::confidence)
                        .max()
                        .orElse(0),
                unmatched.first().stream().map(MatchedBox::words),
                unmatched.second().stream().map(MatchedBox::words));
    }

    private static MatchedBox box(Detection detection, ObjectResult result) {
        return new MatchedBox(result.labels().get(detection.label()), detection.confidence(), detection.box());
    }

    private static MatchedBox box(TextRegion region) {
        return new MatchedBox("text", region.confidence(), region.outline().extent());
    }

    private static Map<String, Mask> byLabel(List<ClassRegion> regions, List<String> labels) {
        return regions.stream()
                .collect(Collectors.toMap(
                        region -> labels.get(region.label()), ClassRegion::mask, Mask::or, TreeMap::new));
    }

    /** By the share of the pixels that either version gives a class, and that do not have the same in both. */
    private static Optional<PredictionDifference> pixels(Map<String, Mask> production, Map<String, Mask> candidate) {
        long same = production.entrySet().stream()
                .mapToLong(region -> Optional.ofNullable(candidate.get(region.getKey()))
                        .map(other -> region.getValue().and(other).area())
                        .orElse(0))
                .sum();
        long covered = Stream.concat(production.values().stream(), candidate.values().stream())
                .reduce(Mask::or)
                .map(Mask::area)
                .orElse(0);
        double share = covered == 0 ? 0 : 1 - (double) same / covered;
        return share < MIN_PIXEL_SHARE
                ? Optional.empty()
                : of(
                        share,
                        production.entrySet().stream().map(PredictionComparison::words),
                        candidate.entrySet().stream().map(PredictionComparison::words));
    }

    private static Optional<PredictionDifference> of(
            double weight, Stream<String> production, Stream<String> candidate) {
        return weight > 0
                ? Optional.of(new PredictionDifference(
                        weight,
                        production.collect(Collectors.joining(", ")),
                        candidate.collect(Collectors.joining(", "))))
                : Optional.empty();
    }

    private static String words(Ranked ranked) {
        return MatchedBox.words(ranked.label(), ranked.confidence());
    }

    private static String words(Map.Entry<String, Mask> region) {
        return "%s %,d px".formatted(region.getKey(), region.getValue().area());
    }
}
