package dev.fovea.pipeline.queue;

import java.util.List;
import java.util.Optional;

/**
 * The result of a job. Its full report is read separately ({@link JobStore#report}).
 *
 * @param version the registered version
 * @param evaluation id of the recorded evaluation
 * @param refused why nothing was registered or declared, though the work was done
 * @param sentences the result for people, the most important first
 */
public record JobResult(
        Optional<Integer> version, Optional<String> evaluation, Optional<String> refused, List<String> sentences) {
    public JobResult {
        version = version == null ? Optional.empty() : version;
        evaluation = evaluation == null ? Optional.empty() : evaluation;
        refused = refused == null ? Optional.empty() : refused;
        sentences = sentences == null ? List.of() : List.copyOf(sentences);
    }
}
