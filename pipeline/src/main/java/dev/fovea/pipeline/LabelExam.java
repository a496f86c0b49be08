package dev.fovea.pipeline;

import dev.fovea.evaluation.ClassificationReport;
import dev.fovea.evaluation.Progress;
import dev.fovea.evaluation.ScoredPictures;
import dev.fovea.model.Bundle;
import dev.fovea.quantize.Gate;
import dev.fovea.quantize.Judgement;
import java.util.Optional;

/** For models that give one label: accuracy where labels are known, else agreement with the original. */
final class LabelExam implements Exam {

    private final ServingScores scores;
    private final QuantizationPictures pictures;
    private final Gate gate;
    private final Progress progress;
    private final ScoredPictures expected;
    private String last = "";
    private ScoredPictures lastScores;

    LabelExam(ServingScores scores, QuantizationPictures pictures, Gate gate, Bundle original, Progress progress) {
        this.scores = scores;
        this.pictures = pictures;
        this.gate = gate;
        this.progress = progress;
        this.expected = scores.of(original, pictures.proof(), progress);
        this.lastScores = expected;
    }

    @Override
    public Judgement judge(Bundle candidate) {
        ScoredPictures scored = scored(candidate);
        return pictures.labelled() ? gate.labelled(expected, scored) : gate.agreement(expected, scored);
    }

    @Override
    public Optional<ClassificationReport> report(Bundle candidate) {
        return pictures.labelled() ? Optional.of(ClassificationReport.of(scored(candidate))) : Optional.empty();
    }

    /** The one that is registered is the one that was judged last. */
    private ScoredPictures scored(Bundle candidate) {
        if (!last.equals(candidate.id())) {
            lastScores = scores.of(candidate, pictures.proof(), progress);
            last = candidate.id();
        }
        return lastScores;
    }
}
