package dev.fovea.cli.data;

import dev.fovea.cli.terminal.Hashes;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.datasets.catalog.SavedVersion;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.fault.Counted;
import dev.fovea.server.Application;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea data rename-class}. */
@Command(
        name = "rename-class",
        description =
                "Gives a class another name, in all labels as well, and saves a version. The name of another class merges the two.",
        footer = {"", "Example:  fovea data rename-class shirts rip tear"})
final class RenameClassCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The data set.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Parameters(index = "1", paramLabel = "CLASS", description = "The class.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String from;

    @Parameters(index = "2", paramLabel = "NEW", description = "Its new name.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String to;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** What {@code --json} prints. */
    record Output(String dataset, int images, String version) {}

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            Datasets datasets = application.datasets();
            int changed = datasets.renameClass(name, from, to, Application.user());
            var _ = application.labelling().settleDisputed(name);
            SavedVersion version =
                    datasets.versions().commit(name, "rename %s to %s".formatted(from, to), Application.user());
            if (json) {
                terminal.json(new Output(name, changed, version.id()));
            } else {
                terminal.say("%s is %s now, on %s. Version %s of %s."
                        .formatted(from, to, Counted.images(changed), Hashes.brief(version.id()), name));
            }
            return 0;
        }
    }
}
