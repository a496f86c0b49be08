package dev.fovea.pipeline;

import dev.fovea.evaluation.ClassificationReport;
import dev.fovea.model.Bundle;
import dev.fovea.quantize.Judgement;
import java.util.Optional;

/** Judges versions on their way by pictures that nothing was learned from, against what the original answers. */
interface Exam {

    /** How a candidate does, through the serving path. */
    Judgement judge(Bundle candidate);

    /** The report of a candidate on labelled pictures; empty where there are no labels. */
    Optional<ClassificationReport> report(Bundle candidate);
}
