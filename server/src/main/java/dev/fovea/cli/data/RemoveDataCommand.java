package dev.fovea.cli.data;

import dev.fovea.cli.terminal.Hashes;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.datasets.catalog.ItemChange;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.catalog.SavedVersion;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.fault.Counted;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.server.Application;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea data remove}. */
@Command(
        name = "remove",
        description = {
            "Takes images out of a data set, and saves a version. Earlier versions keep them.",
            "To erase images everywhere, use fovea data forget."
        },
        footer = {"", "Example:  fovea data remove shirts --where camera=3"})
final class RemoveDataCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The data set.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(
            names = "--where",
            paramLabel = "NAME=VALUE",
            description = "Images with this tag. May be given several times.")
    private List<String> where = List.of();

    @Option(names = "--image", paramLabel = "HASH", description = "An image. May be given several times.")
    private List<String> images = List.of();

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** What {@code --json} prints. */
    record Output(String dataset, int images, String version) {}

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            Datasets datasets = application.datasets();
            if (where.isEmpty() && images.isEmpty()) {
                throw new FoveaException(ErrorCode.ARGUMENT_INVALID, "No image is meant. State --image or --where.");
            }
            int removed = datasets.change(
                    name,
                    images.stream()
                            .map(image -> Hashes.find(datasets, name, image))
                            .toList(),
                    ItemChange.removal());
            if (!where.isEmpty()) {
                removed += datasets.change(name, ItemFilter.parse(where), ItemChange.removal());
            }
            SavedVersion version = datasets.versions()
                    .commit(
                            name,
                            "remove "
                                    + Stream.concat(where.stream(), images.stream())
                                            .collect(Collectors.joining(" ")),
                            Application.user());
            if (json) {
                terminal.json(new Output(name, removed, version.id()));
            } else {
                terminal.say("Removed %s. Version %s of %s."
                        .formatted(Counted.images(removed), version.id().substring(0, 12), name));
            }
            return 0;
        }
    }
}
