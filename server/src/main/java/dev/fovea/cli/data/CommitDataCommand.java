package dev.fovea.cli.data;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.datasets.catalog.SavedVersion;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.fault.Counted;
import dev.fovea.server.Application;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea data commit}. */
@Command(
        name = "commit",
        description = {
            "Saves the present state as a version, such as labels that were made in the console.",
            "The version is named by the hash of its content: equal content has an equal name, wherever it is made."
        },
        footer = {"", "Example:  fovea data commit shirts --message \"labels of week 48\""})
final class CommitDataCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The data set.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(
            names = {"-m", "--message"},
            required = true,
            paramLabel = "TEXT",
            description = "Why, in words.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String message;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** What {@code --json} prints. */
    record Output(String dataset, int number, String version, long images, long labelled) {}

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            Datasets datasets = application.datasets();
            boolean isChanged = datasets.versions().isChanged(name);
            SavedVersion version = datasets.versions().commit(name, message, Application.user());
            if (json) {
                terminal.json(new Output(name, version.number(), version.id(), version.items(), version.labelled()));
            } else {
                terminal.say("%sVersion %d of %s: %s, %s, %,d labelled."
                        .formatted(
                                isChanged ? "" : "Nothing changed since the newest version, which keeps its message. ",
                                version.number(),
                                name,
                                version.id(),
                                Counted.images(version.items()),
                                version.labelled()));
            }
            return 0;
        }
    }
}
