package dev.fovea.cli.data;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.server.Application;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea data add}. */
@Command(
        name = "add",
        description = {
            "Adds the images of a folder, a ZIP or TAR file, or an S3 prefix, with their annotations, and saves a version.",
            "An image that is there already gets the tags, and the annotation if it is another one. A bad image stops nothing: the others are added. When the command is interrupted, what was added stays, and the same command goes on."
        },
        footer = {"", "Example:  fovea data add shirts images/new --tag camera=3"})
final class AddDataCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The data set.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Parameters(
            index = "1",
            paramLabel = "PATH",
            description = "A folder, an annotation file, an archive, or s3://BUCKET/PREFIX where blobs.url is set.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String path;

    @Mixin
    private final SourceOptions options = new SourceOptions();

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            Adding adding = new Adding(application, terminal, options);
            Adding.Output output = adding.add(name, path);
            if (json) {
                terminal.json(output);
            } else {
                adding.say(output);
            }
            return 0;
        }
    }
}
