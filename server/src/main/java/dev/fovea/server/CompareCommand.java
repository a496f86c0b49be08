package dev.fovea.server;

import dev.fovea.evaluation.ComparisonTable;
import dev.fovea.evaluation.DetectionComparison;
import dev.fovea.evaluation.EvaluatedImage;
import dev.fovea.evaluation.Evaluation;
import dev.fovea.evaluation.EvaluationComparison;
import dev.fovea.evaluation.EvaluationComparison.Difference;
import dev.fovea.evaluation.ImageResult;
import dev.fovea.evaluation.ReportJson;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.ModelEvaluation;
import dev.fovea.pipeline.Workshop;
import dev.fovea.registry.ModelVersion;
import dev.fovea.runtime.Engine;
import dev.fovea.runtime.Workers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code fovea compare}. */
@Command(
        name = "compare",
        description = {
            "Compares two versions on the same labelled images, image by image, and says whether one is better.",
            "Images that either learned from are left out. Both evaluations are kept with their images."
        },
        footer = {"", "Example:  fovea compare shirts@1 shirts@2 --data images/new-shirts"})
final class CompareCommand extends HomeVerb {

    private static final int MOST_SHOWN = 20;

    @Parameters(index = "0", paramLabel = "BASELINE", description = "NAME@VERSION, the version to beat.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String baseline;

    @Parameters(index = "1", paramLabel = "CANDIDATE", description = "NAME@VERSION, the other one.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String candidate;

    @Option(
            names = "--data",
            paramLabel = "FOLDER|DATASET",
            description =
                    "Labelled images, or the first digits of a data set version's id (default: what the candidate was trained on).")
    private String data = "";

    @Option(names = "--json", description = "Print the result as JSON, with every image that differs.")
    private boolean json;

    /** What {@code --json} prints for classifiers. */
    record Output(
            String baselineEvaluation,
            String candidateEvaluation,
            JsonNode comparison,
            List<Row> differing,
            List<String> notes) {}

    /** An image that is predicted differently. */
    record Row(String change, String image, String truth, String baseline, String candidate) {
        static Row of(Difference difference) {
            ImageResult.Classified one = classified(difference.baseline());
            ImageResult.Classified other = classified(difference.candidate());
            return new Row(
                    difference.change().name().toLowerCase(Locale.ROOT),
                    difference.candidate().name(),
                    other.truth(),
                    one.predicted(),
                    other.predicted());
        }

        private static ImageResult.Classified classified(EvaluatedImage image) {
            return (ImageResult.Classified) image.result();
        }
    }

    /** What {@code --json} prints for detectors. */
    record DetectorOutput(
            String baselineEvaluation,
            String candidateEvaluation,
            DetectionComparison comparison,
            String sentence,
            List<String> notes) {}

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Local local = Local.open(home, terminal);
                Workers workers = Workers.forThisMachine()) {
            ModelVersion one = EvaluateCommand.version(local, NamedVersion.parse(baseline));
            ModelVersion other = EvaluateCommand.version(local, NamedVersion.parse(candidate));
            if (one.id().equals(other.id())) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID, "Both are %s. Name two versions.".formatted(one.id()));
            }
            Workshop workshop = local.workshop(Engine.open(), workers);
            String source = data.isEmpty() ? other.lineage().dataset() : data;
            ModelEvaluation.Result first = evaluate(workshop, one, other, source, terminal);
            ModelEvaluation.Result second = evaluate(workshop, other, one, source, terminal);
            show(terminal, workshop, first, second);
            return 0;
        }
    }

    private static ModelEvaluation.Result evaluate(
            Workshop workshop, ModelVersion version, ModelVersion beside, String source, Terminal terminal) {
        return new ModelEvaluation(workshop)
                .run(
                        new ModelEvaluation.Order(
                                ModelEvaluation.newId(), version, source, List.of(beside), Evaluation.Origin.COMPARE),
                        (step, done, of) -> terminal.progress(
                                version.id() + ": " + step, (double) done / of, Optional.empty(), done + " of " + of));
    }

    private void show(
            Terminal terminal, Workshop workshop, ModelEvaluation.Result first, ModelEvaluation.Result second) {
        if (first.report() instanceof ModelEvaluation.Report.Labels one
                && second.report() instanceof ModelEvaluation.Report.Labels) {
            EvaluationComparison comparison = EvaluationComparison.of(
                    one.report().labels(),
                    workshop.evaluations().images(first.evaluation().id()),
                    workshop.evaluations().images(second.evaluation().id()));
            showLabels(terminal, comparison, first, second);
        } else if (first.report() instanceof ModelEvaluation.Report.Objects one
                && second.report() instanceof ModelEvaluation.Report.Objects other) {
            DetectionComparison comparison = DetectionComparison.of(
                    one.pictures(),
                    other.pictures(),
                    one.report().classes().stream()
                            .map(figures -> figures.label())
                            .toList());
            if (json) {
                terminal.json(new DetectorOutput(
                        first.evaluation().id(),
                        second.evaluation().id(),
                        comparison,
                        comparison.sentence(),
                        second.notes()));
            } else {
                terminal.say(comparison.sentence());
                second.notes().forEach(terminal::say);
            }
        } else {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "A classifier and a detector cannot be compared. Name two versions of the same task.");
        }
    }

    private void showLabels(
            Terminal terminal,
            EvaluationComparison comparison,
            ModelEvaluation.Result first,
            ModelEvaluation.Result second) {
        List<Row> rows = comparison.differing().stream().map(Row::of).toList();
        if (json) {
            terminal.json(new Output(
                    first.evaluation().id(),
                    second.evaluation().id(),
                    new ReportJson().tree(comparison.comparison()),
                    rows,
                    second.notes()));
            return;
        }
        terminal.say(ComparisonTable.render(comparison.comparison()));
        if (rows.isEmpty()) {
            terminal.say("Both predict the same label for every image.");
        } else {
            TextTable table = new TextTable("CHANGE", "IMAGE", "TRUTH", "BASELINE", "CANDIDATE");
            rows.stream()
                    .limit(MOST_SHOWN)
                    .forEach(row -> table.row(row.change(), row.image(), row.truth(), row.baseline(), row.candidate()));
            terminal.say(table.toString());
            if (rows.size() > MOST_SHOWN) {
                terminal.say("and %d more; all are in --json".formatted(rows.size() - MOST_SHOWN));
            }
        }
        second.notes().forEach(terminal::say);
    }
}
