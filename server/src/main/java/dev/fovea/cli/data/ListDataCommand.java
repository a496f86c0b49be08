package dev.fovea.cli.data;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.datasets.catalog.DatasetCatalog;
import dev.fovea.datasets.catalog.DatasetCatalog.DeletedDataset;
import dev.fovea.json.Json;
import dev.fovea.server.Application;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fovea data list}. */
@Command(
        name = "list",
        description = "Lists the data sets of the home.",
        footer = {"", "Example:  fovea data list", "          fovea data list --deleted"})
final class ListDataCommand extends HomeCommand {

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Option(names = "--deleted", description = "List the data sets that were deleted, and who deleted them.")
    private boolean deleted;

    /** A row of {@code --json}. */
    record Row(String dataset, String task, List<String> classes, long images, long labelled, String version) {
        static Row of(DatasetCatalog.DatasetSummary summary) {
            return new Row(
                    summary.dataset().name(),
                    Json.word(summary.dataset().task()),
                    summary.dataset().labels(),
                    summary.items(),
                    summary.labelled(),
                    summary.head().map(version -> version.id()).orElse(""));
        }
    }

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            if (deleted) {
                sayDeleted(terminal, application);
                return 0;
            }
            List<Row> rows = application.datasets().list().stream().map(Row::of).toList();
            if (json) {
                terminal.json(rows);
            } else if (rows.isEmpty()) {
                terminal.say("There are no data sets. Create one: fovea data create NAME --from FOLDER");
            } else {
                TextTable table = new TextTable("NAME", "TASK", "CLASSES", "IMAGES", "LABELLED", "VERSION");
                rows.forEach(row -> table.row(
                        row.dataset(),
                        row.task(),
                        String.valueOf(row.classes().size()),
                        "%,d".formatted(row.images()),
                        "%,d".formatted(row.labelled()),
                        row.version().isEmpty() ? "" : row.version().substring(0, 12)));
                terminal.say(table.toString());
            }
            return 0;
        }
    }

    private void sayDeleted(Terminal terminal, Application application) {
        List<DeletedRow> rows = application.datasets().deletions().all().stream()
                .map(DeletedRow::of)
                .toList();
        if (json) {
            terminal.json(rows);
        } else if (rows.isEmpty()) {
            terminal.say("No data set was deleted.");
        } else {
            TextTable table = new TextTable("NAME", "DELETED", "BY", "IMAGES", "VERSIONS", "REASON");
            rows.forEach(row -> table.row(
                    row.dataset(),
                    row.deleted(),
                    row.by(),
                    "%,d".formatted(row.images()),
                    "%,d".formatted(row.versions()),
                    row.reason()));
            terminal.say(table.toString());
        }
    }

    /** A data set that was deleted, as {@code --json} prints it. */
    record DeletedRow(String dataset, String deleted, String by, String reason, long images, int versions) {

        static DeletedRow of(DeletedDataset deleted) {
            return new DeletedRow(
                    deleted.name(),
                    deleted.deleted().toString(),
                    deleted.by(),
                    deleted.reason(),
                    deleted.items(),
                    deleted.versions());
        }
    }
}
