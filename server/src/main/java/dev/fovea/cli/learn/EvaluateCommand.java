package dev.fovea.cli.learn;

import dev.fovea.api.EvaluationTrees;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.NamedVersion;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.VerdictLines;
import dev.fovea.evaluation.Evaluation;
import dev.fovea.evaluation.classification.ReportTable;
import dev.fovea.evaluation.detection.DetectionReportTable;
import dev.fovea.evaluation.report.MultiLabelTable;
import dev.fovea.pipeline.JobOutcomes;
import dev.fovea.pipeline.evaluation.ModelEvaluation;
import dev.fovea.pipeline.request.EvaluateRequest;
import dev.fovea.server.Application;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code fovea evaluate}. */
@Command(
        name = "evaluate",
        description = {
            "Evaluates a version on labelled images and stores the result of each image.",
            "Images that the version was trained on are skipped, recognised by their content. In a folder with train/, val/ and test/ the test images are used."
        },
        footer = {
            "",
            "Example:  fovea evaluate shirts --data images/new-shirts",
            "          fovea evaluate yolox@2 --data coco128"
        })
public final class EvaluateCommand extends HomeCommand {

    @Parameters(
            index = "0",
            paramLabel = "NAME[@VERSION]",
            description = "The model (default: its version in production, else its newest).")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String model;

    @Option(
            names = "--data",
            paramLabel = "FOLDER|DATASET",
            description = {
                "Labelled images: a folder per label for a classifier, images with boxes for a detector; for a multi-label model a table with a column per label, too. Or NAME or NAME@VERSION of a data set, or the first digits of an image list's id.",
                "Default: the data that the version was trained on."
            })
    private String data = "";

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** What {@code --json} prints. */
    record Output(
            String evaluation,
            String model,
            int version,
            String task,
            Evaluation.EvaluationSource data,
            JsonNode report,
            List<String> notes) {}

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        NamedVersion named = NamedVersion.parse(model);
        try (Application application = open()) {
            EvaluateRequest request = new EvaluateRequest(named.name(), named.version(), data);
            ModelEvaluation.EvaluationResult result = application
                    .jobs()
                    .run(
                            request,
                            terminal::progress,
                            progress -> application.work().evaluate(request, progress),
                            JobOutcomes::of);
            show(terminal, result);
            return 0;
        }
    }

    private void show(Terminal terminal, ModelEvaluation.EvaluationResult result) {
        Evaluation evaluation = result.evaluation();
        if (json) {
            terminal.json(new Output(
                    evaluation.id(),
                    evaluation.model(),
                    evaluation.version(),
                    evaluation.task(),
                    evaluation.data(),
                    EvaluationTrees.of(result.report()),
                    result.notes()));
            return;
        }
        say(terminal, result);
        terminal.say("Evaluation %s of %s:%d on %s (image list %s) is on record with its images; the API lists them."
                .formatted(
                        evaluation.id(),
                        evaluation.model(),
                        evaluation.version(),
                        evaluation.data().name(),
                        evaluation.data().id().substring(0, 12)));
    }

    /** What a version is worth, for people. */
    static void say(Terminal terminal, ModelEvaluation.EvaluationResult result) {
        terminal.say(VerdictLines.of(result.verdict()));
        sayFigures(terminal, result);
    }

    static void sayFigures(Terminal terminal, ModelEvaluation.EvaluationResult result) {
        terminal.say(
                switch (result.report()) {
                    case ModelEvaluation.Report.Labels labels ->
                        new ReportTable(ReportTable.DEFAULT_WIDTH).render(labels.report());
                    case ModelEvaluation.Report.Objects objects -> DetectionReportTable.render(objects.report());
                    case ModelEvaluation.Report.Tags tags -> MultiLabelTable.render(tags.report());
                });
        result.notes().forEach(terminal::say);
    }
}
