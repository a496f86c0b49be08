package dev.fovea.pipeline.quantization;

import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.model.Bundle;
import dev.fovea.quantize.AcceptanceResult;
import java.util.Map;
import java.util.Optional;

/** Judges versions on their way by the same images as the original, which it asks when the first one is judged. */
interface CandidateEvaluator {

    /** How a candidate does, through the serving path. */
    AcceptanceResult judge(Bundle candidate);

    /** The report of a candidate on labelled images; empty where there are no labels. */
    default Optional<ClassificationReport> report(Bundle candidate) {
        return Optional.empty();
    }

    /** Figures that go with a candidate when it becomes a version, such as what monitoring compares with. */
    default Map<String, Double> metrics(Bundle candidate) {
        return Map.of();
    }
}
