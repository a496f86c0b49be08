package dev.fovea.pipeline.quantization;

import dev.fovea.imaging.geometry.Mask;
import dev.fovea.model.Bundle;
import dev.fovea.quantize.AcceptanceCriteria;
import dev.fovea.quantize.AcceptanceResult;
import dev.fovea.runtime.decoding.ClassRegion;
import dev.fovea.runtime.decoding.Classification.Ranked;
import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.PredictionResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * For other answers: how like the original's they are, image by image, from 0 to 1. Of several labels the share that
 * both give of those that either gives, of pixels' classes the mean overlap, of vectors the cosine.
 */
final class AgreementEvaluator implements CandidateEvaluator {

    private final ServedResults results;
    private final AcceptanceCriteria gate;
    private final Bundle original;
    private Optional<List<Optional<PredictionResult>>> expected = Optional.empty();

    AgreementEvaluator(ServedResults results, AcceptanceCriteria gate, Bundle original) {
        this.results = results;
        this.gate = gate;
        this.original = original;
    }

    @Override
    public AcceptanceResult judge(Bundle candidate) {
        List<Optional<PredictionResult>> baseline = expected.orElseGet(() -> results.ofOriginal(original));
        expected = Optional.of(baseline);
        List<Optional<PredictionResult>> answers = results.of(candidate);
        List<Double> agreement = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            Optional<PredictionResult> answer = answers.get(i);
            baseline.get(i)
                    .ifPresent(wanted ->
                            agreement.add(answer.map(given -> of(wanted, given)).orElse(0.0)));
        }
        return gate.agreement(
                agreement.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** 1 for the same answer. */
    static double of(PredictionResult wanted, PredictionResult given) {
        if (wanted instanceof PredictionResult.MultiLabelResult one
                && given instanceof PredictionResult.MultiLabelResult other) {
            return shared(labels(one), labels(other));
        }
        if (wanted instanceof PredictionResult.EmbeddingResult(float[] one)
                && given instanceof PredictionResult.EmbeddingResult(float[] other)) {
            return cosine(one, other);
        }
        if (wanted instanceof PredictionResult.ObjectResult(Decoded.ClassRegions(List<ClassRegion> ones), var _)
                && given
                        instanceof
                        PredictionResult.ObjectResult(Decoded.ClassRegions(List<ClassRegion> others), var _)) {
            return overlap(masks(ones), masks(others));
        }
        throw new IllegalArgumentException("%s and %s".formatted(wanted.getClass(), given.getClass()));
    }

    private static Set<String> labels(PredictionResult.MultiLabelResult result) {
        Set<String> labels = new HashSet<>();
        result.applying().stream().map(Ranked::label).forEach(labels::add);
        return labels;
    }

    private static double shared(Set<String> ones, Set<String> others) {
        Set<String> either = new HashSet<>(ones);
        either.addAll(others);
        long both = ones.stream().filter(others::contains).count();
        return either.isEmpty() ? 1 : (double) both / either.size();
    }

    private static double cosine(float[] one, float[] other) {
        double product = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < one.length; i++) {
            product += (double) one[i] * other[i];
            first += (double) one[i] * one[i];
            second += (double) other[i] * other[i];
        }
        if (first == 0 || second == 0) {
            return first == second ? 1 : 0;
        }
        return Math.clamp(product / Math.sqrt(first * second), 0, 1);
    }

    private static Map<Integer, Mask> masks(List<ClassRegion> regions) {
        Map<Integer, Mask> masks = new HashMap<>();
        regions.forEach(region -> masks.put(region.label(), region.mask()));
        return masks;
    }

    private static double overlap(Map<Integer, Mask> ones, Map<Integer, Mask> others) {
        Set<Integer> either = new HashSet<>(ones.keySet());
        either.addAll(others.keySet());
        return either.stream()
                .mapToDouble(label -> {
                    Mask one = ones.get(label);
                    Mask other = others.get(label);
                    return one == null || other == null ? 0 : one.overlap(other);
                })
                .average()
                .orElse(1);
    }
}
