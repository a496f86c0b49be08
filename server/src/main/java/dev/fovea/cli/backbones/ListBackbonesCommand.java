package dev.fovea.cli.backbones;

import dev.fovea.cli.terminal.TextTable;
import dev.fovea.pipeline.weights.KnownBackbones;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fovea backbones list}. */
@Command(
        name = "list",
        description = {
            "Lists the backbones of the catalogue and those of the home.",
            "Licences are those that the authors of the weights state. Read them before you ship a model."
        })
final class ListBackbonesCommand extends BackbonesHome {

    private static final double MB = 1e6;

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    /** A row of {@code --json}. */
    record BackboneRow(
            String name, boolean added, String task, String input, double megabytes, String licence, String source) {}

    @Override
    public Integer call() {
        List<BackboneRow> listed = KnownBackbones.of(folder()).stream()
                .map(one -> new BackboneRow(
                        one.name(),
                        one.added(),
                        one.task(),
                        one.input(),
                        one.bytes() / MB,
                        one.licence(),
                        one.source()))
                .toList();
        if (json) {
            terminal().json(listed);
            return 0;
        }
        TextTable table = new TextTable("NAME", "ADDED", "TASK", "INPUT", "SIZE", "LICENCE", "WEIGHTS");
        listed.forEach(row -> table.row(
                row.name(),
                row.added() ? "yes" : "no",
                row.task(),
                row.input(),
                String.format(Locale.ROOT, "%.1f MB", row.megabytes()),
                row.licence(),
                row.source()));
        terminal().say(table.toString());
        return 0;
    }
}
