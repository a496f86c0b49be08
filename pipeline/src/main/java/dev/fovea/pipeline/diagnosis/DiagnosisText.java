package dev.fovea.pipeline.diagnosis;

import dev.fovea.pipeline.diagnosis.Diagnosis.TargetStanding;
import dev.fovea.pipeline.diagnosis.DiagnosisFinding.Standing;
import dev.fovea.pipeline.request.QualityTarget;
import dev.fovea.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A diagnosis in words. Pure. */
final class DiagnosisText {

    private DiagnosisText() {}

    static String verdict(
            QualityTarget target, TargetStanding standing, Interval now, List<DiagnosisFinding> findings) {
        String score = "%s is %s in cross-validation".formatted(target.measure(), FindingText.percent(now));
        return switch (standing) {
            case REACHED -> "%s: the target %s is reached.".formatted(score, FindingText.percent(target.minimum()));
            case OPEN ->
                "%s: whether the target %s is reached cannot be said with so few images.%s"
                        .formatted(score, FindingText.percent(target.minimum()), first(findings));
            case MISSED ->
                "%s: the target %s is missed.%s"
                        .formatted(score, FindingText.percent(target.minimum()), first(findings));
        };
    }

    /** What stands in the way, and the first thing that helps. */
    private static String first(List<DiagnosisFinding> findings) {
        StringBuilder text = new StringBuilder();
        with(findings, Standing.BLOCKS)
                .ifPresent(finding -> text.append(" In the way: ").append(words(finding.cause())));
        with(findings, Standing.HELPS)
                .ifPresent(finding -> text.append(" What helps most: ").append(words(finding.cause())));
        return text.toString();
    }

    private static Optional<DiagnosisFinding> with(List<DiagnosisFinding> findings, Standing standing) {
        return findings.stream()
                .filter(finding -> finding.standing() == standing)
                .findFirst();
    }

    private static String words(FindingCause cause) {
        return switch (cause) {
            case NO_BETTER_THAN_CHANCE -> "labels that the features tell no better than chance.";
            case ANNOTATORS_DISAGREE -> "people disagree about the labels.";
            case TOO_FEW_IMAGES -> "more images.";
            case FEATURES_LIMIT -> "more images of this kind do not reach it with these features.";
            case WRONG_LABELS -> "correcting wrong labels.";
            case CONFLICTING_DUPLICATES -> "one label for near duplicates.";
            case CLASSES_ALIKE -> "classes that look alike.";
            case IMBALANCE -> "images of rare classes.";
            case LOW_RESOLUTION -> "images with more detail.";
        };
    }

    static List<String> sentences(Diagnosis diagnosis) {
        List<String> sentences = new ArrayList<>(List.of(diagnosis.verdict()));
        for (DiagnosisFinding finding : diagnosis.findings()) {
            sentences.add("%s %s".formatted(finding.sentence(), finding.remedy()));
        }
        sentences.addAll(diagnosis.notes());
        return sentences;
    }
}
