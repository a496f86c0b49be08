package dev.fovea.pipeline.quantization;

import dev.fovea.model.Bundle;
import dev.fovea.quantize.AcceptanceCriteria;
import dev.fovea.quantize.AcceptanceResult;
import dev.fovea.runtime.decoding.PredictionResult;
import dev.fovea.runtime.decoding.PredictionResult.MultiTaskResult;
import dev.fovea.runtime.decoding.PredictionResult.TaskClassification;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** For models of several tasks: agreement with the original for each task. The worst task decides. */
final class TaskAgreementEvaluator implements CandidateEvaluator {

    private final ServedResults results;
    private final AcceptanceCriteria gate;
    private final Bundle original;
    private Optional<List<Optional<PredictionResult>>> expected = Optional.empty();

    TaskAgreementEvaluator(ServedResults results, AcceptanceCriteria gate, Bundle original) {
        this.results = results;
        this.gate = gate;
        this.original = original;
    }

    @Override
    public AcceptanceResult evaluate(Bundle candidate) {
        List<Optional<PredictionResult>> baseline = expected.orElseGet(() -> results.ofOriginal(original));
        expected = Optional.of(baseline);
        List<Optional<PredictionResult>> predictions = results.of(candidate);
        Map<String, List<Double>> agreement = new LinkedHashMap<>();
        for (int i = 0; i < predictions.size(); i++) {
            Optional<PredictionResult> actual = predictions.get(i);
            baseline.get(i).ifPresent(reference -> add(reference, actual, agreement));
        }
        return agreement.entrySet().stream()
                .map(task -> named(
                        task.getKey(),
                        gate.agreement(task.getValue().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray())))
                .max(Comparator.comparing((AcceptanceResult task) -> !task.passes())
                        .thenComparingDouble(AcceptanceResult::loss))
                .orElseThrow(() -> new IllegalStateException("no image was predicted"));
    }

    private static void add(
            PredictionResult reference, Optional<PredictionResult> actual, Map<String, List<Double>> agreement) {
        for (TaskClassification task : ((MultiTaskResult) reference).tasks()) {
            boolean agrees = actual.filter(MultiTaskResult.class::isInstance)
                    .map(MultiTaskResult.class::cast)
                    .map(MultiTaskResult::tasks)
                    .filter(others -> others.stream()
                            .anyMatch(other -> Objects.equals(
                                    other.best().label(), task.best().label())))
                    .isPresent();
            agreement.computeIfAbsent(task.task(), _ -> new ArrayList<>()).add(agrees ? 1.0 : 0.0);
        }
    }

    private static AcceptanceResult named(String task, AcceptanceResult result) {
        return new AcceptanceResult(
                result.passes(),
                result.loss(),
                "The worst task is %s. %s".formatted(task, result.sentence()),
                result.classes(),
                result.evidence(),
                result.verdict());
    }
}
