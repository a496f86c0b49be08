package dev.fovea.cli.learn;

import dev.fovea.cli.learn.multitask.MultiTaskSummary;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.VerdictLines;
import dev.fovea.pipeline.JobOutcomes;
import dev.fovea.pipeline.head.HeadReport;
import dev.fovea.pipeline.multitask.MultiTaskListener;
import dev.fovea.pipeline.multitask.MultiTaskTraining.MultiTaskTrained;
import dev.fovea.pipeline.multitask.TaskComparison;
import dev.fovea.pipeline.request.MultiTaskRequest;
import dev.fovea.server.Application;

/** {@code fovea train --task}. */
final class MultiTaskRun {

    private MultiTaskRun() {}

    /** Trains, and shows what came of it. */
    static void of(MultiTaskRequest request, Application application, Terminal terminal, boolean json) {
        MultiTaskTrained result = application
                .jobs()
                .run(
                        request,
                        terminal::progress,
                        progress ->
                                application.work().trainTasks(request, new MultiTaskListener(progress, terminal::note)),
                        JobOutcomes::of);
        if (json) {
            terminal.json(MultiTaskSummary.of(result));
            return;
        }
        terminal.say(VerdictLines.of(result.verdict()));
        result.heads().forEach((task, head) -> terminal.say(sentence(task, head)));
        result.savings().sentences().forEach(terminal::say);
        result.production().map(TaskComparison::sentences).ifPresent(each -> each.forEach(terminal::say));
        terminal.say("Registered %s. %s"
                .formatted(
                        result.version().id(),
                        PromotionOption.outcome(application.registry(), result.version(), result.promotion())));
    }

    private static String sentence(String task, HeadReport head) {
        return "%s: %s".formatted(task, head.sentence());
    }
}
