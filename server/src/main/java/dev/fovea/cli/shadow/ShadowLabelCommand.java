package dev.fovea.cli.shadow;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.monitoring.accuracy.LabelQueue;
import dev.fovea.server.AccuracyParts;
import dev.fovea.server.Application;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea shadow label}. */
@Command(
        name = "label",
        description = {
            "Puts the images with the greatest differences first in the labelling queue of their data set.",
            "Images are there when the shadow keeps them (--keep), or a policy of fovea traffic keep did. Their labels become truth."
        },
        footer = {"", "Example:  fovea shadow label shirts --limit 50"})
final class ShadowLabelCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "Differences to send, 1 to 500 (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open();
                AccuracyParts parts = AccuracyParts.of(application)) {
            LabelQueue.QueuedPicks queued = parts.requests().sendDifferences(application.shadows(), name, limit);
            if (json) {
                terminal.json(queued);
                return 0;
            }
            queued.images()
                    .forEach((dataset, images) -> terminal.say(
                            "%,d images come first in the labelling queue of %s.".formatted(images, dataset)));
            if (!queued.withoutImage().isEmpty()) {
                terminal.say("The images of %,d differences are not kept."
                        .formatted(queued.withoutImage().size()));
            }
            if (queued.images().isEmpty() && queued.withoutImage().isEmpty()) {
                terminal.say("There are no differences to label.");
            }
            return 0;
        }
    }
}
