package dev.fovea.cli.data;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.server.Application;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea data log}. */
@Command(
        name = "log",
        description = "Lists the versions of a data set, the newest first.",
        footer = {"", "Example:  fovea data log shirts"})
final class LogDataCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The data set.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** A version as {@code --json} prints it. */
    record Row(int number, String version, String created, String author, long images, long labelled, String message) {}

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            Datasets datasets = application.datasets();
            List<Row> rows = datasets.versions().log(name).stream()
                    .map(version -> new Row(
                            version.number(),
                            version.id(),
                            version.note().created().toString(),
                            version.note().author(),
                            version.items(),
                            version.labelled(),
                            version.note().message()))
                    .toList();
            if (json) {
                terminal.json(rows);
                return 0;
            }
            TextTable table = new TextTable("NUMBER", "VERSION", "CREATED", "AUTHOR", "IMAGES", "LABELLED", "MESSAGE");
            rows.forEach(row -> table.row(
                    String.valueOf(row.number()),
                    row.version().substring(0, 12),
                    row.created(),
                    row.author(),
                    "%,d".formatted(row.images()),
                    "%,d".formatted(row.labelled()),
                    row.message()));
            terminal.say(table.toString());
            if (datasets.versions().isChanged(name)) {
                terminal.say("There are changes since the newest version. Save them: fovea data commit %s -m TEXT"
                        .formatted(name));
            }
            return 0;
        }
    }
}
