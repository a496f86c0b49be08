package dev.fovea.cli.learn;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.ImageFiles;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.formats.ModelSource;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.pipeline.BundleImport;
import dev.fovea.pipeline.ModelImport;
import dev.fovea.quantize.calibration.QuantizationProgress;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.SessionSettings;
import dev.fovea.server.Application;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
            "Makes an ONNX model from elsewhere the next version of a model.",
            "What the options leave out is read from the file's own metadata (Ultralytics, timm) and from the files beside it: preprocessor_config.json, config.json, config.pbtxt, labels.txt, classes.txt, *.names.",
            "Nothing is guessed: what is still missing is asked for. What the model answers to the golden images is recorded now and proved at every load."
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
            description = "The model's name here (default: that of a Triton repository).")
    private @Nullable String name;

    @Mixin
    private final NetworkOptions network = new NetworkOptions();

    @Option(
            names = "--golden",
            paramLabel = "IMAGE",
            arity = "1..*",
            description =
                    "Images to prove the model with (default: drawn ones). Give the model's file before this option.")
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

    @Mixin
    private final ImportLimits limits = new ImportLimits();

    @Override
    public Integer call() {
        BoundedProcess.Limits allowed = limits.of(file);
        return typed().isEmpty() ? importNow() : importBounded(allowed);
    }

    /** In a process of its own: nobody knows yet what the network does. */
    private int importBounded(BoundedProcess.Limits allowed) {
        try {
            return new BoundedProcess("Importing " + file, allowed).run(mainClass(), typed());
        } catch (FoveaException e) {
            try (Application application = Application.open(home.path())) {
                application.journal().recover(); // the message says what happened
            }
            throw e;
        }
    }

    private int importNow() {
        Terminal terminal = terminal();
        return BundleImport.isExport(file) ? importBundle(terminal) : importModel(terminal);
    }

    /** What {@code fovea export} wrote says all by itself. */
    private int importBundle(Terminal terminal) {
        ImportOptions.requireForExport(givenOptions());
        try (Application application = open()) {
            ModelImport.Result result = new BundleImport(application.tools())
                    .run(new BundleImport.Request(file, data, promotion.policy(), note), progress(terminal));
            ImportText text = new ImportText(terminal, application.registry());
            if (json) {
                text.json(result, Map.of());
            } else {
                text.sayBundle(result);
            }
            return 0;
        }
    }

    private int importModel(Terminal terminal) {
        Path onnx = ModelSource.find(file);
        ImportFindings.Found found = found(onnx);
        ImportOptions.requireFor(givenOptions(), found);
        ModelImport.Request request = new ModelImport.Request(
                onnx, found.name(), found.answers(), ImageFiles.read(golden), data, promotion.policy(), note);
        try (Application application = open()) {
            ModelImport.Result result = new ModelImport(application.tools()).run(request, progress(terminal));
            ImportText text = new ImportText(terminal, application.registry());
            if (json) {
                text.json(result, found.taken());
            } else {
                text.say(
                        result,
                        found,
                        ModelImport.goldenImages(request.golden()).size());
            }
            return 0;
        }
    }

    private static QuantizationProgress progress(Terminal terminal) {
        return (step, done, of) -> terminal.progress(step, (double) done / of, Optional.empty(), done + " of " + of);
    }

    private ImportFindings.Found found(Path onnx) {
        ImportFindings findings = new ImportFindings(
                onnx,
                network.given(Optional.ofNullable(name)),
                ModelImport.goldenImages(ImageFiles.read(golden)).values());
        try {
            return findings.find();
        } catch (FoveaException missing) {
            // a file that cannot run at all needs no other files
            Engine.open()
                    .load(OnnxModel.readWhole(onnx).bytes(), SessionSettings.forThisMachine())
                    .close();
            throw missing;
        }
    }
}
