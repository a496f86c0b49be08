package dev.fovea.pipeline;

import dev.fovea.evaluation.ClassificationReport;
import dev.fovea.model.Bundle;
import dev.fovea.quantize.Judgement;
import java.util.Optional;

/** Judges versions on their way by the same pictures as the original, which it asks when the first one is judged. */
interface Exam {

    /** How a candidate does, through the serving path. */
    Judgement judge(Bundle candidate);

    /** The report of a candidate on labelled pictures; empty where there are no labels. */
    Optional<ClassificationReport> report(Bundle candidate);
}
