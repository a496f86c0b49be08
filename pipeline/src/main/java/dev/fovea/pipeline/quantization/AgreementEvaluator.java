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
 * Agreement with the original's predictions, per image, from 0 to 1: the Jaccard index of label sets, the mean IoU of
 * class masks, or the cosine similarity of embeddings.
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
    public AcceptanceResult evaluate(Bundle candidate) {
        List<Optional<PredictionResult>> baseline = expected.orElseGet(() -> results.ofOriginal(original));
        expected = Optional.of(baseline);
        List<Optional<PredictionResult>> predictions = results.of(candidate);
        List<Double> agreement = new ArrayList<>();
        for (int i = 0; i < predictions.size(); i++) {
            Optional<PredictionResult> prediction = predictions.get(i);
            baseline.get(i)
                    .ifPresent(reference -> agreement.add(
                            prediction.map(actual -> of(reference, actual)).orElse(0.0)));
        }
        return gate.agreement(
                agreement.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** 1 for equal predictions. */
    static double of(PredictionResult reference, PredictionResult actual) {
        if (reference instanceof PredictionResult.MultiLabelResult one
                && actual instanceof PredictionResult.MultiLabelResult other) {
            return shared(labels(one), labels(other));
        }
        if (reference instanceof PredictionResult.EmbeddingResult(float[] one)
                && actual instanceof PredictionResult.EmbeddingResult(float[] other)) {
            return cosine(one, other);
        }
        if (reference instanceof PredictionResult.ObjectResult(Decoded.ClassRegions(List<ClassRegion> ones), var _)
                && actual
                        instanceof
                        PredictionResult.ObjectResult(Decoded.ClassRegions(List<ClassRegion> others), var _)) {
            return overlap(masks(ones), masks(others));
        }
        throw new IllegalArgumentException("%s and %s".formatted(reference.getClass(), actual.getClass()));
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
