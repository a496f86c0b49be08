package dev.fovea.cli.learn;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.BoundedProcess;
import dev.fovea.pipeline.ImportLimits;
import dev.fovea.pipeline.ImportWork;
import dev.fovea.pipeline.JobOutcomes;
import dev.fovea.pipeline.request.ImportRequest;
import dev.fovea.server.Application;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea import}. */
@Command(
        name = "import",
        description = {
            "Registers an ONNX file as the next version of a model.",
            "Missing options are read from the file's metadata (Ultralytics, timm) and from the files beside it: preprocessor_config.json, config.json, config.pbtxt, labels.txt, classes.txt, *.names.",
            "Nothing is guessed: options that are still missing are listed. The outputs for the golden images are recorded now, and tested each time the model is loaded."
        },
        footer = {
            "",
            "Example:  fovea import squeezenet.onnx --name squeezenet \\",
            "              --contract contract.json --labels labels.txt",
            "          fovea import yolo11n.onnx --name things",
            "          fovea import vit-folder/ --name vit",
            "          fovea import shirts-2.zip      (what fovea export wrote)"
        })
public final class ImportCommand extends HomeCommand {

    @Parameters(paramLabel = "MODEL.onnx", description = "The model's file, or the folder that it is in.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private Path file;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the model (default: that of a Triton repository).")
    private @Nullable String name;

    @Mixin
    private final NetworkOptions network = new NetworkOptions();

    @Option(
            names = "--golden",
            paramLabel = "IMAGE",
            arity = "1..*",
            description = "Golden images (default: drawn ones). Give the model's file before this option.")
    private List<Path> golden = List.of();

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description =
                    "Labelled images to evaluate it on: a folder per label for a classifier, images with boxes for a detector.")
    private String data = "";

    @Mixin
    private final PromotionOption promotion = new PromotionOption();

    @Option(names = "--note", paramLabel = "TEXT", description = "Kept with the version.")
    private String note = "";

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Option(
            names = "--max-seconds",
            paramLabel = "N",
            description = "The import is stopped when it takes longer (default: 180).")
    private @Nullable Integer seconds;

    @Option(
            names = "--max-memory-mb",
            paramLabel = "N",
            description =
                    "The import is stopped when it takes more memory (default: 3000 and 8 times the file, at most three quarters of the machine's).")
    private @Nullable Integer megabytes;

    @Override
    public Integer call() {
        ImportRequest request = request();
        request.validate();
        return typed().isEmpty() ? importNow(request) : importBounded(request);
    }

    private ImportRequest request() {
        return new ImportRequest(
                file.toString(),
                name == null ? "" : name,
                network.network(),
                golden.stream().map(Path::toString).toList(),
                data,
                new ImportRequest.ImportLimitsRequest(Optional.ofNullable(seconds), Optional.ofNullable(megabytes)),
                promotion.word(),
                note);
    }

    /** In a process of its own: nobody knows yet what the network does. */
    private int importBounded(ImportRequest request) {
        try {
            return new BoundedProcess("Importing " + file, ImportLimits.of(request)).run(mainClass(), typed());
        } catch (FoveaException e) {
            try (Application application = Application.open(home.path())) {
                application.jobs().recover(); // the message says what happened
            }
            throw e;
        }
    }

    private int importNow(ImportRequest request) {
        Terminal terminal = terminal();
        try (Application application = open()) {
            ImportWork.Imported imported = application
                    .jobs()
                    .run(
                            request,
                            terminal::progress,
                            progress -> application.work().importHere(request, progress),
                            JobOutcomes::of);
            ImportText text = new ImportText(terminal, application.registry());
            if (json) {
                text.json(imported.result(), imported.sources());
            } else {
                imported.found()
                        .ifPresentOrElse(
                                found -> text.say(imported.result(), found, imported.golden()),
                                () -> text.sayBundle(imported.result()));
            }
            return 0;
        }
    }
}
