package dev.fovea.cli.learn;

import dev.fovea.pipeline.jobs.PromotionDecision;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Promotion;
import dev.fovea.registry.Registry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether a new version goes into production, for commands that make one. */
final class PromotionOption {

    @Option(
            names = "--promote",
            paramLabel = "always|if-better|never",
            description = {
                "Whether to promote the version. if-better: a first version, if it is better than always predicting the most frequent class (a detector: than finding nothing) and finds every class; a later one, if it is better than production on the same images.",
                "Default: if-better for a first version, never for a later one."
            })
    private @Nullable String promote;

    /** As a request has it. */
    String word() {
        return promote == null ? "" : promote;
    }

    /** Whether the version is in production and, if it is not, how to put it there. */
    static String outcome(Registry registry, ModelVersion version, PromotionDecision decision) {
        String name = version.name();
        Optional<Integer> production = registry.model(name).promotion().map(Promotion::version);
        if (decision.promoted()) {
            if (version.registration().task().equals("tensors")) {
                return "It is in production. It takes tensors by the Open Inference Protocol: fovea serve, then POST /v2/models/%s/infer"
                        .formatted(name);
            }
            return "It is in production: fovea predict %s IMAGE".formatted(name);
        }
        return production
                        .map("Production is still version %d. To change that"::formatted)
                        .orElse("It is a candidate and not in production. To promote it anyway")
                + ": fovea promote %s %d".formatted(name, version.number());
    }
}
