package dev.fovea.cli.data;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.labels.priority.ImagePriority;
import dev.fovea.server.Application;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea data next}. */
@Command(
        name = "next",
        description =
                "Lists the unlabelled images whose labels would teach most: unlike what is labelled, and unlike one another.",
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
            description = "The classifier that embeds the images (default: as for fovea data check).")
    private @Nullable String model;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            List<ImagePriority> images = application
                    .datasetCheck()
                    .next(CheckDataCommand.request(name, model), Math.max(1, budget), terminal::progress);
            if (json) {
                terminal.json(images);
                return 0;
            }
            if (images.isEmpty()) {
                terminal.say("Every image of %s is labelled.".formatted(name));
                return 0;
            }
            TextTable table = new TextTable("IMAGE", "SOURCE", "NOVELTY");
            images.forEach(image -> table.row(
                    image.image().substring(0, 12),
                    application
                            .datasets()
                            .item(name, ContentHash.parse(image.image()))
                            .source(),
                    String.format(Locale.ROOT, "%.2f", image.novelty())));
            terminal.say(table.toString());
            return 0;
        }
    }
}
