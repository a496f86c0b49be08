package dev.fovea.cli.data;

import dev.fovea.cli.terminal.Hashes;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.datasets.Fractions;
import dev.fovea.datasets.catalog.SavedVersion;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.server.Application;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea data split}. */
@Command(
        name = "split",
        description = {
            "Assigns images to training, validation and test, stratified by class, and saves a version.",
            "Images of a group and near duplicates stay in one split. Images that have a split keep it."
        },
        footer = {"", "Example:  fovea data split shirts 70/10/20"})
final class SplitDataCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The data set.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "70/10/20",
            description = "Percent for training, validation and test (default: 70/10/20).")
    private String fractions = "70/10/20";

    @Option(names = "--seed", paramLabel = "N", description = "Of the assignment (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--again", description = "Assign images anew that have a split.")
    private boolean again;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** What {@code --json} prints. */
    record Output(String dataset, Map<String, Integer> assigned, String version) {}

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            Datasets datasets = application.datasets();
            Map<String, Integer> assigned = new LinkedHashMap<>();
            datasets.split(name, Fractions.parse(fractions), seed, again)
                    .forEach((split, images) -> assigned.put(split.label(), images));
            SavedVersion version = datasets.versions().commit(name, "split " + fractions, Application.user());
            if (json) {
                terminal.json(new Output(name, assigned, version.id()));
            } else {
                terminal.say("%s Version %s of %s."
                        .formatted(
                                assigned.isEmpty()
                                        ? "Every image has a split already; --again assigns them anew."
                                        : "Images assigned: %s.".formatted(Counts.words(assigned)),
                                Hashes.brief(version.id()),
                                name));
            }
            return 0;
        }
    }
}
