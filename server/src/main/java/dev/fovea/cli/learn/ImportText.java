package dev.fovea.cli.learn;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.fovea.api.EvaluationTrees;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.VerdictLines;
import dev.fovea.evaluation.RecordedComparison;
import dev.fovea.pipeline.ImportFindings;
import dev.fovea.pipeline.ModelImport;
import dev.fovea.pipeline.evaluation.DecodeReport;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Registry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The result of an import for people and as JSON.
 *
 * @param registry that it was registered in
 */
record ImportText(Terminal terminal, Registry registry) {

    /** What {@code --json} prints. */
    record Imported(
            @JsonUnwrapped Registered registered,
            Map<String, String> sources,
            List<String> decisions,
            Optional<String> evaluation,
            Optional<JsonNode> verdict,
            Optional<JsonNode> comparison,
            Optional<DecodeReport> decode) {
        /** The version that came of it. */
        public record Registered(String model, int version, String bundle, boolean production) {}
    }

    void json(ModelImport.ImportResult result, Map<String, String> sources) {
        terminal.json(new Imported(
                new Imported.Registered(
                        result.version().name(),
                        result.version().number(),
                        result.version().bundleId(),
                        result.promotion().promoted()),
                sources,
                result.decisions(),
                result.evaluation().map(evaluation -> evaluation.evaluation().id()),
                result.verdict().map(EvaluationTrees::of),
                result.comparison().map(EvaluationTrees::of),
                result.decode()));
    }

    /**
     * The verdict first, then how it was settled and the figures.
     *
     * @param golden images that it was validated with
     */
    void say(ModelImport.ImportResult result, ImportFindings.Found found, int golden) {
        ModelVersion version = result.version();
        result.verdict().map(VerdictLines::of).ifPresent(terminal::say);
        result.decode().map(DecodeReport::sentences).map(VerdictLines::of).ifPresent(terminal::say);
        if (!found.sources().isEmpty()) {
            terminal.say(ImportFindings.text(found.sources()));
        }
        result.decisions().forEach(decision -> terminal.say("Decided: " + decision + "."));
        sayFigures(result);
        if (result.evaluation().isEmpty() && canBeEvaluated(version)) {
            terminal.say(
                    "It was never evaluated: nothing is known of how good it is. fovea evaluate %s@%d --data FOLDER tells."
                            .formatted(version.name(), version.number()));
        }
        terminal.say("Imported %s, %s. %s"
                .formatted(
                        version.id(),
                        found.use().contract().isPresent()
                                ? "validated on %d images".formatted(golden)
                                : "which takes and gives tensors, so that it was validated on no image",
                        outcome(result)));
    }

    /** Of a version that was exported. */
    void sayBundle(ModelImport.ImportResult result) {
        ModelVersion version = result.version();
        result.verdict().map(VerdictLines::of).ifPresent(terminal::say);
        sayFigures(result);
        terminal.say("Imported %s, bundle %s. %s"
                .formatted(version.id(), version.bundleId().substring(0, 12), outcome(result)));
    }

    private void sayFigures(ModelImport.ImportResult result) {
        result.evaluation().ifPresent(evaluation -> EvaluateCommand.sayFigures(terminal, evaluation));
        result.comparison().map(RecordedComparison::sentence).ifPresent(terminal::say);
    }

    private static boolean canBeEvaluated(ModelVersion version) {
        return Set.of("classification", "multi-label", "detection")
                .contains(version.registration().task());
    }

    private String outcome(ModelImport.ImportResult result) {
        return PromotionOption.outcome(registry, result.version(), result.promotion());
    }
}
