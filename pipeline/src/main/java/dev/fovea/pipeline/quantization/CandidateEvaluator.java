package dev.fovea.pipeline.quantization;

import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.model.Bundle;
import dev.fovea.quantize.AcceptanceResult;
import java.util.Map;
import java.util.Optional;

/** Evaluates candidates on the same images as the original. The original runs once, at the first evaluation. */
interface CandidateEvaluator {

    /** Compares a candidate with the original, through the serving path. */
    AcceptanceResult evaluate(Bundle candidate);

    /** The report of a candidate on labelled images; empty where there are no labels. */
    default Optional<ClassificationReport> report(Bundle candidate) {
        return Optional.empty();
    }

    /** Metrics to register with the candidate, such as the baseline for monitoring. */
    default Map<String, Double> metrics(Bundle candidate) {
        return Map.of();
    }
}
