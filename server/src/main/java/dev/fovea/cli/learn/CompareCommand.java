package dev.fovea.cli.learn;

import dev.fovea.api.EvaluationTrees;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.NamedVersion;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.evaluation.DetectedObject.MatchOutcome;
import dev.fovea.evaluation.DetectorEvaluationComparison;
import dev.fovea.evaluation.EvaluationComparison;
import dev.fovea.evaluation.ImageResult;
import dev.fovea.evaluation.RecordedComparison.ImageDifference;
import dev.fovea.evaluation.classification.ComparisonTable;
import dev.fovea.pipeline.evaluation.ModelComparison;
import dev.fovea.registry.ModelVersion;
import dev.fovea.server.Application;
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
            "Compares two versions on the same labelled images, pair by pair, and reports whether one is better.",
            "Images that one of them was trained on are skipped. Both evaluations are stored with their images."
        },
        footer = {"", "Example:  fovea compare shirts@1 shirts@2 --data images/new-shirts"})
public final class CompareCommand extends HomeCommand {

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
                    "Labelled images, NAME or NAME@VERSION of a data set, or the first digits of an image list's id (default: the data that the candidate was trained on).")
    private String data = "";

    @Option(names = "--json", description = "Print the result as JSON, with every image that differs.")
    private boolean json;

    /** What {@code --json} prints. */
    record Output(
            String baselineEvaluation,
            String candidateEvaluation,
            JsonNode comparison,
            List<Row> differing,
            List<String> notes) {}

    /** An image that is predicted differently; a detector's truth is the number of objects. */
    record Row(String change, String image, String truth, String baseline, String candidate) {
        static Row of(ImageDifference difference) {
            return new Row(
                    difference.change().name().toLowerCase(Locale.ROOT),
                    difference.candidate().name(),
                    truth(difference.candidate().result()),
                    predicted(difference.baseline().result()),
                    predicted(difference.candidate().result()));
        }

        private static String truth(ImageResult result) {
            return switch (result) {
                case ImageResult.Classified(String truth, String _, double _) -> truth;
                case ImageResult.Detected detected ->
                    "%d objects".formatted(count(detected, MatchOutcome.FOUND) + count(detected, MatchOutcome.MISSED));
                case ImageResult.Tagged tagged -> String.join(", ", tagged.truth());
                case ImageResult.FailedPrediction failed -> failed.truth();
            };
        }

        private static String predicted(ImageResult result) {
            return switch (result) {
                case ImageResult.Classified(String _, String predicted, double _) -> predicted;
                case ImageResult.Detected detected ->
                    "%d found, %d missed, %d false positives"
                            .formatted(
                                    count(detected, MatchOutcome.FOUND),
                                    count(detected, MatchOutcome.MISSED),
                                    count(detected, MatchOutcome.FALSE_POSITIVE));
                case ImageResult.Tagged tagged -> String.join(", ", tagged.predicted());
                case ImageResult.FailedPrediction failed -> failed.code();
            };
        }

        private static long count(ImageResult.Detected detected, MatchOutcome kind) {
            return detected.objects().stream()
                    .filter(object -> object.kind() == kind)
                    .count();
        }
    }

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            ModelComparison.ComparisonSpec order = new ModelComparison.ComparisonSpec(
                    version(application, NamedVersion.parse(baseline)),
                    version(application, NamedVersion.parse(candidate)),
                    application.checkout().data("data", data));
            if (order.isOfOneBundle()) {
                String same = "%s and %s are the same bundle: they predict the same for every image."
                        .formatted(order.baseline().id(), order.candidate().id());
                if (!json) {
                    terminal.say(same);
                    return 0;
                }
                terminal.note(same);
            }
            show(
                    terminal,
                    application
                            .comparisons()
                            .run(
                                    order,
                                    version -> (step, done, of) -> terminal.progress(
                                            version.id() + ": " + step,
                                            (double) done / of,
                                            Optional.empty(),
                                            done + " of " + of)));
            return 0;
        }
    }

    private static ModelVersion version(Application application, NamedVersion named) {
        return application.work().evaluated(named.name(), named.version());
    }

    private void show(Terminal terminal, ModelComparison.ComparisonResult result) {
        List<Row> rows = result.comparison().differing().stream().map(Row::of).toList();
        List<String> notes = result.candidate().notes();
        if (json) {
            terminal.json(new Output(
                    result.baseline().evaluation().id(),
                    result.candidate().evaluation().id(),
                    EvaluationTrees.of(result.comparison()),
                    rows,
                    notes));
            return;
        }
        terminal.say(
                switch (result.comparison()) {
                    case EvaluationComparison labels -> ComparisonTable.render(labels.comparison());
                    case DetectorEvaluationComparison objects -> objects.sentence();
                });
        if (rows.isEmpty()) {
            terminal.say("Both predict the same for every image.");
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
        notes.forEach(terminal::say);
    }
}
