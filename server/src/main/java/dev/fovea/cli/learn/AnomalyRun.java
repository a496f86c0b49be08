package dev.fovea.cli.learn;

import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.VerdictLines;
import dev.fovea.pipeline.JobOutcomes;
import dev.fovea.pipeline.anomaly.AnomalyTraining;
import dev.fovea.pipeline.evaluation.ProductionComparison;
import dev.fovea.pipeline.request.AnomalyRequest;
import dev.fovea.server.Application;

/** {@code fovea train --anomaly}. */
final class AnomalyRun {

    private AnomalyRun() {}

    /** Trains, and shows what came of it. */
    static void of(AnomalyRequest request, Application application, Terminal terminal, boolean json) {
        AnomalyTraining.AnomalyResult result = application
                .jobs()
                .run(
                        request,
                        terminal::progress,
                        progress -> application.work().trainAnomaly(request, progress, terminal::note),
                        JobOutcomes::of);
        if (json) {
            terminal.json(AnomalySummary.of(result));
            return;
        }
        terminal.say(VerdictLines.of(result.verdict()));
        result.production().map(ProductionComparison::sentence).ifPresent(terminal::say);
        terminal.say("Registered %s. It learned from %d good images in %.0f s. %s"
                .formatted(
                        result.version().id(),
                        result.images(),
                        result.seconds(),
                        PromotionOption.outcome(application.registry(), result.version(), result.promotion())));
    }
}
