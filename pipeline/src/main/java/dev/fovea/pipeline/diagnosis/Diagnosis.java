package dev.fovea.pipeline.diagnosis;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.fovea.json.Json;
import dev.fovea.statistics.Interval;
import java.util.List;
import java.util.Optional;

/**
 * Why a target is not reached and what would help most.
 *
 * @param target as {@code accuracy >= 0.9}
 * @param standing whether it is reached
 * @param score by cross-validation of a classifier on the features, at 95 % confidence
 * @param verdict in one sentence
 * @param findings what would help most first
 * @param curve the score against the number of images; empty where there are too few
 * @param studied what was looked at
 * @param notes for people
 */
public record Diagnosis(
        String target,
        TargetStanding standing,
        Interval score,
        String verdict,
        List<DiagnosisFinding> findings,
        Optional<CurveFigures> curve,
        StudiedImages studied,
        List<String> notes) {

    public Diagnosis {
        findings = List.copyOf(findings);
        curve = curve == null ? Optional.empty() : curve;
        notes = List.copyOf(notes);
    }

    /** Whether a target is reached, at 95 % confidence. */
    public enum TargetStanding {
        REACHED,
        /** The interval holds the target. */
        OPEN,
        MISSED;

        /** As it is written in JSON. */
        @JsonValue
        String word() {
            return Json.word(this);
        }
    }

    /**
     * What was looked at.
     *
     * @param images with labels
     * @param classes of the labels
     * @param backbone whose features were used
     */
    public record StudiedImages(int images, List<String> classes, String backbone) {
        public StudiedImages {
            classes = List.copyOf(classes);
        }
    }

    /** The verdict, then the findings with their remedies. */
    public List<String> sentences() {
        return DiagnosisText.sentences(this);
    }
}
