package dev.fovea.cli.data;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.pipeline.curation.NextImages;
import dev.fovea.server.Application;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea data next}. */
@Command(
        name = "next",
        description =
                "Lists the unlabelled images whose labels would teach most, and why: the model is unsure, they are unlike what is labelled and unlike one another, or were seen often. Near duplicates and bursts count as one image.",
        footer = {"", "Example:  fovea data next shirts --budget 500"})
final class NextDataCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The data set.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(names = "--budget", paramLabel = "N", description = "How many (default: ${DEFAULT-VALUE}).")
    private int budget = 20;

    @Option(
            names = "--model",
            paramLabel = "MODEL[@VERSION]",
            description =
                    "The classifier or detector whose uncertainty counts (default: the newest in production that learned from the data set; without one, novelty counts alone).")
    private @Nullable String model;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            NextImages next = application
                    .datasetCheck()
                    .next(CheckDataCommand.request(name, model), Math.max(1, budget), terminal::progress);
            if (json) {
                terminal.json(next);
                return 0;
            }
            terminal.say(next.basis());
            if (next.images().isEmpty()) {
                return 0;
            }
            TextTable table = new TextTable("IMAGE", "SOURCE", "WHY");
            next.images()
                    .forEach(image -> table.row(
                            image.image().substring(0, 12),
                            application
                                    .datasets()
                                    .item(name, ContentHash.parse(image.image()))
                                    .source(),
                            image.reason()));
            terminal.say(table.toString());
            return 0;
        }
    }
}
