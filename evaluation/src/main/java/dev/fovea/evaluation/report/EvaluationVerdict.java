package dev.fovea.evaluation.report;

import java.util.List;

/** Whether a model is usable, evaluated on one set of labelled images. */
public sealed interface EvaluationVerdict
        permits ModelVerdict, DetectorVerdict, MultiLabelVerdict, MultiTaskVerdict, AnomalyVerdict {

    /** Whether the model may go into production without a person's decision. */
    boolean clearsFloor();

    /** Readable sentences, by importance; one or more. */
    List<String> sentences();

    /** The first sentence. */
    default String headline() {
        return sentences().getFirst();
    }
}
