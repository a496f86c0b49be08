package dev.fovea.cli.runs;

import dev.fovea.api.training.RunViews;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.run.RunRecord;
import dev.fovea.pipeline.run.TrainingRuns;
import dev.fovea.server.Application;
import dev.fovea.server.TrainingParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea runs compare}. */
@Command(
        name = "compare",
        description = {
            "Compares runs: all their metrics, and the settings, versions and machines in which they differ.",
            "Whether one model is better than another, fovea compare says, on the same images with an interval."
        },
        footer = {"", "Example:  fovea runs compare shirts:1 shirts:2"})
final class CompareRunsCommand extends HomeCommand {

    private static final String NONE = "–";

    @Parameters(
            paramLabel = "RUN",
            arity = "2..*",
            description = "Two or more: the id of a run, or MODEL:VERSION for the run that registered it.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private List<String> names;

    @Option(names = "--json", description = "Print the runs as JSON, with whole curves.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            TrainingRuns known = TrainingParts.runs(application);
            List<RunRecord> runs =
                    names.stream().map(name -> NamedRun.of(known, name)).toList();
            if (runs.stream().map(RunRecord::id).distinct().count() < runs.size()) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "%s name one run twice. Name different runs; fovea runs lists them."
                                .formatted(String.join(", ", names)));
            }
            if (json) {
                terminal.json(runs.stream()
                        .map(run -> RunViews.RunDetails.of(run, UnaryOperator.identity()))
                        .toList());
                return 0;
            }
            terminal.say(table(runs));
            return 0;
        }
    }

    private String table(List<RunRecord> runs) {
        List<String> head = new ArrayList<>(List.of(""));
        head.addAll(names);
        TextTable table = new TextTable(head.toArray(String[]::new));
        rows(runs, CompareRunsCommand::metrics).forEach((name, values) -> row(table, "metric " + name, values));
        differing(runs, RunRecord::params).forEach((name, values) -> row(table, "param " + name, values));
        differing(runs, RunRecord::tags).forEach((name, values) -> row(table, "tag " + name, values));
        return table.toString();
    }

    private static void row(TextTable table, String name, List<String> values) {
        List<Object> cells = new ArrayList<>(List.of(name));
        cells.addAll(values);
        table.row(cells.toArray());
    }

    private static Map<String, String> metrics(RunRecord run) {
        return run.metrics().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> RunText.number(each.getValue())));
    }

    private static Map<String, List<String>> differing(
            List<RunRecord> runs, Function<RunRecord, Map<String, String>> values) {
        Map<String, List<String>> rows = rows(runs, values);
        rows.values().removeIf(row -> row.stream().distinct().count() == 1);
        return rows;
    }

    private static Map<String, List<String>> rows(
            List<RunRecord> runs, Function<RunRecord, Map<String, String>> values) {
        Map<String, List<String>> rows = new TreeMap<>();
        runs.stream()
                .flatMap(run -> values.apply(run).keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new))
                .forEach(name -> rows.put(
                        name,
                        runs.stream()
                                .map(run -> Objects.requireNonNullElse(
                                        values.apply(run).get(name), NONE))
                                .toList()));
        return rows;
    }
}
