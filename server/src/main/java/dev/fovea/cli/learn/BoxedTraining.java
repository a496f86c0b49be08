package dev.fovea.cli.learn;

import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.VerdictLines;
import dev.fovea.evaluation.RecordedComparison;
import dev.fovea.evaluation.detection.DetectionReportTable;
import dev.fovea.pipeline.JobOutcomes;
import dev.fovea.pipeline.detector.DetectorListener;
import dev.fovea.pipeline.detector.DetectorTraining;
import dev.fovea.pipeline.detector.DetectorWork;
import dev.fovea.pipeline.request.DetectorRequest;
import dev.fovea.server.Application;
import java.util.Locale;

/** {@code fovea train} from images with boxes. */
final class BoxedTraining {

    private BoxedTraining() {}

    /** Trains, and shows what came of it. */
    static void of(DetectorRequest request, Application application, Terminal terminal, boolean json) {
        DetectorWork.TrainedDetector trained = application
                .jobs()
                .run(
                        request,
                        terminal::progress,
                        progress -> application
                                .work()
                                .trainDetector(request, DetectorListener.of(progress, terminal::note)),
                        JobOutcomes::of);
        DetectorTraining.DetectorResult result = trained.result();
        if (json) {
            terminal.json(DetectorSummary.of(trained));
            return;
        }
        terminal.say(VerdictLines.of(result.verdict()));
        terminal.say(DetectionReportTable.render(result.report()));
        result.comparison().map(RecordedComparison::sentence).ifPresent(terminal::say);
        terminal.say(String.format(
                Locale.ROOT,
                "Registered %s. It learned from %d images in %.0f s, %d epochs, %.1f images/s. %s",
                result.version().id(),
                result.images(),
                result.learning().seconds(),
                result.learning().epochs(),
                result.learning().imagesPerSecond(),
                PromotionOption.outcome(application.registry(), result.version(), result.promotion())));
        trained.int8().map(Int8::sentence).ifPresent(terminal::say);
    }
}
