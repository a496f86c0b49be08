package dev.fovea.pipeline.diagnosis;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.fovea.json.Json;
import dev.fovea.statistics.Interval;
import java.util.List;
import java.util.Optional;

/**
 * One reason why a score is not higher.
 *
 * @param cause its kind
 * @param standing what it means for the target
 * @param sentence what was found, with its numbers
 * @param remedy what helps
 * @param scoreAfter the score that is expected once it is remedied, at 95 % confidence, where that can be said
 * @param examples images or classes, the clearest first
 */
public record DiagnosisFinding(
        FindingCause cause,
        Standing standing,
        String sentence,
        String remedy,
        Optional<Interval> scoreAfter,
        List<String> examples) {

    public DiagnosisFinding {
        scoreAfter = scoreAfter == null ? Optional.empty() : scoreAfter;
        examples = examples == null ? List.of() : List.copyOf(examples);
    }

    /** What a finding means for the target. */
    public enum Standing {
        /** The target is out of reach unless this is remedied. */
        BLOCKS,
        /** Remedied, it brings the score nearer to the target. */
        HELPS,
        /** Worth knowing; nothing says that it costs anything. */
        NOTED;

        /** As it is written in JSON. */
        @JsonValue
        String word() {
            return Json.word(this);
        }
    }
}
