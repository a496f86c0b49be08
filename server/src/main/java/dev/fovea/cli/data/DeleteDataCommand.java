package dev.fovea.cli.data;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.ReasonOption;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.datasets.catalog.DatasetCatalog.DatasetSummary;
import dev.fovea.datasets.catalog.DatasetCatalog.DeletedDataset;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.server.Application;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea data delete}. */
@Command(
        name = "delete",
        description = {
            "Deletes a data set permanently, with its labels, its versions and the images that no other data set has.",
            "Type its name or give --yes. Files that are kept in place stay. Models stay, and so do the records of what they learned from, tombstones of forgotten images, and the record of who deleted the data set: see fovea data list --deleted."
        },
        footer = {
            "",
            "Example:  fovea data delete shirts --yes --reason \"replaced by shirts-2\"",
            "",
            "To keep a copy:  fovea data export shirts --format coco --to shirts"
        })
final class DeleteDataCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The data set.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(names = "--yes", description = "Delete without asking for the name.")
    private boolean yes;

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            Datasets datasets = application.datasets();
            DatasetSummary summary = datasets.summary(name);
            if (!yes) {
                confirm(terminal, summary, datasets.versions().log(name).size());
            }
            DeletedDataset deleted = datasets.deletions().delete(name, Application.user(), reason.text());
            if (json) {
                terminal.json(ListDataCommand.DeletedRow.of(deleted));
            } else {
                terminal.say("Deleted the data set %s with %,d images and %,d versions."
                        .formatted(name, deleted.items(), deleted.versions()));
            }
            return 0;
        }
    }

    private void confirm(Terminal terminal, DatasetSummary summary, int versions) {
        Optional<String> typed =
                terminal.ask("Delete %s permanently: %,d images and %,d versions? Type the name of the data set: "
                        .formatted(name, summary.items(), versions));
        if (!typed.map(String::strip).equals(Optional.of(name))) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "Nothing was deleted. Type the name of the data set, or give --yes: fovea data delete %s --yes"
                            .formatted(name));
        }
    }
}
