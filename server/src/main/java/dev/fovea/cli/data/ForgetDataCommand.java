package dev.fovea.cli.data;

import dev.fovea.cli.terminal.Hashes;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.catalog.VersionStore;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.curation.ForgottenImage;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.Counted;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.server.Application;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea data forget}. */
@Command(
        name = "forget",
        description = {
            "Erases images from all data sets and all versions: bytes, annotations and thumbnails. This cannot be undone.",
            "A tombstone with the hash, the reason and the models that had learned from the image remains, and the image cannot be added again. Files that are kept in place stay: delete them yourself. Models are not changed: train them again, and delete the versions that keep it as a golden image."
        },
        footer = {
            "",
            "Example:  fovea data forget shirts --image person.jpg --reason \"asked by the person in it\"",
            "          fovea data forget shirts --where customer=17 --reason \"contract ended\""
        })
final class ForgetDataCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The data set.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(
            names = "--image",
            paramLabel = "FILE|HASH",
            description = "An image: its file, or its hash. May be given several times.")
    private List<String> images = List.of();

    @Option(
            names = "--where",
            paramLabel = "NAME=VALUE",
            description = "Images of the data set with this tag. May be given several times.")
    private List<String> where = List.of();

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Kept with the tombstone.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String reason;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** A tombstone as {@code --json} prints it. */
    record Output(String hash, String forgotten, String by, String reason, List<String> models, List<String> golden) {
        static Output of(ForgottenImage image) {
            VersionStore.Tombstone tombstone = image.tombstone();
            return new Output(
                    tombstone.image().toString(),
                    tombstone.forgotten().toString(),
                    tombstone.by(),
                    tombstone.reason(),
                    tombstone.models(),
                    image.golden());
        }
    }

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            Datasets datasets = application.datasets();
            List<ContentHash> hashes = hashes(datasets);
            if (hashes.isEmpty()) {
                throw new FoveaException(
                        ErrorCode.NOT_FOUND,
                        "No image is meant. State --image or --where with a tag that images of \"%s\" have."
                                .formatted(name));
            }
            Optional<String> answer = yes
                    ? Optional.of("yes")
                    : terminal.ask("Erase %s for good? (yes/no) ".formatted(Counted.images(hashes.size())));
            if (!answer.filter("yes"::equals).isPresent()) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID, "Nothing was erased. Confirm with yes, or state --yes.");
            }
            List<Output> erased = datasets.forget(hashes, Application.user(), reason).stream()
                    .map(Output::of)
                    .toList();
            if (json) {
                terminal.json(erased);
                return 0;
            }
            terminal.say("Erased %s.".formatted(Counted.images(erased.size())));
            List<String> models = versions(erased, Output::models);
            terminal.say(
                    models.isEmpty()
                            ? "No model had learned from %s.".formatted(erased.size() == 1 ? "it" : "them")
                            : "These had learned from %s; train them again: %s"
                                    .formatted(erased.size() == 1 ? "it" : "them", String.join(", ", models)));
            List<String> golden = versions(erased, Output::golden);
            if (!golden.isEmpty()) {
                terminal.say(
                        "These keep them as golden images; delete these versions, or train and register the model again and then delete them: %s"
                                .formatted(String.join(", ", golden)));
            }
            return 0;
        }
    }

    private static List<String> versions(List<Output> erased, Function<Output, List<String>> which) {
        return erased.stream()
                .flatMap(output -> which.apply(output).stream())
                .distinct()
                .sorted()
                .toList();
    }

    private List<ContentHash> hashes(Datasets datasets) {
        List<ContentHash> hashes = new ArrayList<>();
        images.forEach(image ->
                hashes.add(Hashes.isHash(image) ? Hashes.find(datasets, name, image) : ofFile(Path.of(image))));
        if (!where.isEmpty()) {
            datasets.forEach(
                    name,
                    ItemFilter.parse(where),
                    item -> hashes.add(item.image().hash()));
        } else {
            var _ = datasets.dataset(name);
        }
        return hashes.stream().distinct().toList();
    }

    private static ContentHash ofFile(Path file) {
        try {
            return ContentHash.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The file %s cannot be read. Check the path, or state the hash of the image.".formatted(file),
                    e);
        }
    }
}
