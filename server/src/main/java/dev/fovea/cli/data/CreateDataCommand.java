package dev.fovea.cli.data;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.json.Json;
import dev.fovea.server.Application;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fovea data create}. */
@Command(
        name = "create",
        description = "Creates a data set: empty, or with the images and annotations of a folder.",
        footer = {
            "",
            "Example:  fovea data create shirts --from images/shirts",
            "          fovea data create parts --task detection --class screw --class nut"
        })
final class CreateDataCommand extends HomeCommand {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "NAME", description = "The data set.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description =
                    "classification, multi-label, detection, instance-segmentation or semantic-segmentation (default: that of the annotations in --from).")
    private @Nullable String task;

    @Option(
            names = "--class",
            paramLabel = "CLASS[=DEFINITION]",
            description = "A class, and when it applies. May be given several times.")
    private List<String> classes = List.of();

    @Option(
            names = "--from",
            paramLabel = "PATH",
            description = "Add a folder, an annotation file, an archive, or s3://BUCKET/PREFIX where blobs.url is set.")
    private @Nullable String from;

    @Mixin
    private final SourceOptions options = new SourceOptions();

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** What {@code --json} prints for an empty data set. */
    record Output(String dataset, String task, List<String> classes) {}

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            Adding adding = new Adding(application, terminal, options);
            Optional<ImageTask> stated = Optional.ofNullable(task).map(this::task);
            List<ClassDefinition> definitions =
                    classes.stream().map(CreateDataCommand::definition).toList();
            if (from == null) {
                ImageTask chosen = stated.orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "Give --task, or --from with annotations that show it."));
                var created = application.datasets().create(name, chosen, definitions, Application.user());
                if (json) {
                    terminal.json(new Output(name, Json.word(chosen), created.labels()));
                } else {
                    terminal.say("Created the empty data set %s for %s. Add images: fovea data add %s FOLDER"
                            .formatted(name, Json.word(chosen), name));
                }
                return 0;
            }
            Adding.Output output = adding.create(name, stated, definitions, from);
            if (json) {
                terminal.json(output);
            } else {
                terminal.say("Created the data set %s for %s."
                        .formatted(
                                name,
                                Json.word(application.datasets().dataset(name).task())));
                adding.say(output);
            }
            return 0;
        }
    }

    private ImageTask task(String word) {
        return Arrays.stream(ImageTask.values())
                .filter(each -> Json.word(each).equals(word))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--task %s: use one of %s."
                                .formatted(
                                        word,
                                        String.join(
                                                ", ",
                                                Arrays.stream(ImageTask.values())
                                                        .map(Json::word)
                                                        .toList()))));
    }

    private static ClassDefinition definition(String text) {
        int at = text.indexOf('=');
        return at < 0
                ? ClassDefinition.named(text)
                : ClassDefinition.defined(text.substring(0, at), text.substring(at + 1));
    }
}
